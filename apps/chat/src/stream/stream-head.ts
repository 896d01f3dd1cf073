import type { ConversationState } from '@libs/contracts';
import { chunks, forUpdate, placeholders, type SqlReader, type Tx } from '@libs/database';

/** What is known of one page load that writes into a conversation. */
export interface SenderMark {
  readonly participant: string;
  lastNumber: number;
}

/**
 * The end of one conversation's stream, as the rows say: a cache of the log, never stored itself (decision 0001).
 */
export interface StreamHead {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly subjectId: string;
  readonly inboxId: string;
  state: ConversationState;
  assigneeId: string | null;
  /** When it comes back by itself; null unless it is snoozed. */
  snoozedUntil: number | null;
  /** Since the first message of the visitor that no reply follows; null while there is none. */
  waitingSince: number | null;
  seq: number;
  revision: number;
  readonly senders: Map<string, SenderMark>;
}

/** What a visitor is told: that work on it is put off is nobody's business but the team's. */
export function stateForVisitor({
  state,
  assigneeId,
}: Pick<StreamHead, 'state' | 'assigneeId'>): Exclude<ConversationState, 'snoozed'> {
  if (state !== 'snoozed') return state;
  return assigneeId === null ? 'queued' : 'open';
}

interface ConversationRow {
  readonly id: string;
  readonly subject_id: string;
  readonly inbox_id: string;
  readonly state: ConversationState;
  readonly assignee_id: string | null;
  readonly snoozed_until: number | string | null;
  readonly waiting_since: number | string | null;
}

interface Newest {
  readonly seq?: number | string;
  readonly revision: number | string;
}

/** Locks and reads the conversations of one tenant, in ascending order of ids. */
export async function readConversations(tx: Tx, tenantId: string, ids: readonly string[]): Promise<ConversationRow[]> {
  const found: ConversationRow[] = [];
  for (const some of chunks([...ids].sort())) {
    const rows = await tx.all<ConversationRow>(
      'SELECT id, subject_id, inbox_id, state, assignee_id, snoozed_until, waiting_since FROM chat_conversation ' +
        `WHERE tenant_id = ? AND id IN (${placeholders(some.length)}) ORDER BY id${forUpdate(tx)}`,
      [tenantId, ...some],
    );
    found.push(...rows);
  }
  return found;
}

/** Builds the head of a conversation from its newest rows. */
export async function readHead(tx: SqlReader, tenantId: string, row: ConversationRow): Promise<StreamHead> {
  const [message] = await tx.all<Newest>(
    'SELECT seq, revision FROM chat_message WHERE tenant_id = ? AND conversation_id = ? ORDER BY seq DESC LIMIT 1',
    [tenantId, row.id],
  );
  const [change] = await tx.all<Newest>(
    'SELECT revision FROM chat_change WHERE tenant_id = ? AND conversation_id = ? ORDER BY revision DESC LIMIT 1',
    [tenantId, row.id],
  );
  return {
    tenantId,
    conversationId: row.id,
    subjectId: row.subject_id,
    inboxId: row.inbox_id,
    state: row.state,
    assigneeId: row.assignee_id,
    snoozedUntil: timeOf(row.snoozed_until),
    waitingSince: timeOf(row.waiting_since),
    seq: Number(message?.seq ?? 0),
    revision: Math.max(Number(message?.revision ?? 0), Number(change?.revision ?? 0)),
    senders: new Map(),
  };
}

function timeOf(column: number | string | null): number | null {
  return column === null ? null : Number(column);
}

/** Brings a cached head up to date with rows of other processes. The conversation's lock is held. */
export async function refreshHead(tx: Tx, head: StreamHead, row: ConversationRow): Promise<void> {
  head.state = row.state;
  head.assigneeId = row.assignee_id;
  head.snoozedUntil = timeOf(row.snoozed_until);
  head.waitingSince = timeOf(row.waiting_since);
  interface Sent {
    readonly seq: number | string | null;
    readonly revision: number | string;
    readonly sender_id: string | null;
    readonly send_number: number | string | null;
  }
  const key = [head.tenantId, head.conversationId];
  const messages = await tx.all<Sent>(
    'SELECT seq, revision, sender_id, send_number FROM chat_message ' +
      'WHERE tenant_id = ? AND conversation_id = ? AND seq > ? ORDER BY seq',
    [...key, head.seq],
  );
  const changes = await tx.all<Sent>(
    'SELECT seq, revision, sender_id, send_number FROM chat_change ' +
      'WHERE tenant_id = ? AND conversation_id = ? AND revision > ? ORDER BY revision',
    [...key, head.revision],
  );
  for (const sent of [...messages, ...changes]) {
    if (sent.seq !== null) head.seq = Math.max(head.seq, Number(sent.seq));
    head.revision = Math.max(head.revision, Number(sent.revision));
    const mark = sent.sender_id === null ? undefined : head.senders.get(sent.sender_id);
    if (mark) mark.lastNumber = Math.max(mark.lastNumber, Number(sent.send_number));
  }
}

/** The mark of a sender that is not cached: its row, and the highest number among the rows since. */
export async function readSender(tx: Tx, head: StreamHead, senderId: string): Promise<SenderMark | undefined> {
  const key = [head.tenantId, head.conversationId];
  const [row] = await tx.all<{ participant: string; since_seq: number; since_revision: number }>(
    'SELECT participant, since_seq, since_revision FROM chat_sender ' +
      'WHERE tenant_id = ? AND conversation_id = ? AND sender_id = ?',
    [...key, senderId],
  );
  if (!row) return undefined;
  const [message] = await tx.all<{ last: number | string | null }>(
    'SELECT MAX(send_number) AS last FROM chat_message ' +
      'WHERE tenant_id = ? AND conversation_id = ? AND seq > ? AND sender_id = ?',
    [...key, row.since_seq, senderId],
  );
  const [note] = await tx.all<{ last: number | string | null }>(
    'SELECT MAX(send_number) AS last FROM chat_change ' +
      'WHERE tenant_id = ? AND conversation_id = ? AND revision > ? AND sender_id = ?',
    [...key, row.since_revision, senderId],
  );
  return { participant: row.participant, lastNumber: Math.max(Number(message?.last ?? 0), Number(note?.last ?? 0)) };
}

/** How many page loads of a participant have written since `after`. */
export async function countSenders(tx: Tx, head: StreamHead, participant: string, after: number): Promise<number> {
  const [row] = await tx.all<{ n: number | string }>(
    'SELECT COUNT(*) AS n FROM chat_sender WHERE tenant_id = ? AND conversation_id = ? AND participant = ? AND at > ?',
    [head.tenantId, head.conversationId, participant, after],
  );
  return Number(row?.n ?? 0);
}
