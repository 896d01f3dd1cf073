import type { SqlValue, Tx } from '@libs/database';
import { addParticipant } from './participants.js';
import type { StreamHead } from './stream-head.js';

/** A page load that writes for the first time. */
export interface NewSender {
  readonly head: StreamHead;
  readonly senderId: string;
  readonly participant: string;
  readonly sinceSeq: number;
  readonly sinceRevision: number;
}

/** What one batch writes about conversations. */
export interface StreamRows {
  readonly at: number;
  readonly opened: Set<StreamHead>;
  readonly changed: Set<StreamHead>;
  readonly joined: Map<string, { readonly head: StreamHead; readonly participant: string }>;
  readonly newSenders: NewSender[];
  readonly messages: SqlValue[][];
  readonly changes: SqlValue[][];
}

const columns = (names: string): readonly string[] => names.split(' ');
const MESSAGE = columns('tenant_id conversation_id seq revision subject_id author_id sender_id send_number body at');
const CHANGE = columns(
  'tenant_id conversation_id revision seq subject_id kind author_id sender_id send_number body at member_id snoozed_until',
);
const CONVERSATION = columns(
  'tenant_id id inbox_id subject_id state assignee_id queued_at waiting_since created_at last_at',
);
const SENDER = columns('tenant_id conversation_id sender_id participant since_seq since_revision at');

/** Sends the rows of a batch in the order that foreign keys want. */
export async function writeRows(tx: Tx, rows: StreamRows): Promise<void> {
  const { at } = rows;
  if (rows.opened.size > 0)
    await tx.insert(
      'chat_conversation',
      CONVERSATION,
      [...rows.opened].map((h) => opening(h, at)),
    );
  if (rows.newSenders.length > 0)
    await tx.insert(
      'chat_sender',
      SENDER,
      rows.newSenders.map((one) => sender(one, at)),
    );
  if (rows.messages.length > 0) await tx.insert('chat_message', MESSAGE, rows.messages);
  if (rows.changes.length > 0) await tx.insert('chat_change', CHANGE, rows.changes);
  for (const head of rows.changed) {
    if (rows.opened.has(head)) continue;
    const { state } = head;
    await tx.run(
      'UPDATE chat_conversation SET state = ?, assignee_id = ?, snoozed_until = ?, waiting_since = ?, ' +
        "queued_at = CASE WHEN ? = 'queued' THEN COALESCE(queued_at, ?) ELSE NULL END WHERE tenant_id = ? AND id = ?",
      [state, head.assigneeId, head.snoozedUntil, head.waitingSince, state, at, head.tenantId, head.conversationId],
    );
  }
  for (const { head, participant } of rows.joined.values()) {
    await addParticipant(tx, { tenantId: head.tenantId, conversationId: head.conversationId, participant });
  }
}

function opening(head: StreamHead, at: number): SqlValue[] {
  const { tenantId, conversationId, inboxId, subjectId, state, assigneeId, waitingSince } = head;
  const queuedAt = state === 'queued' ? at : null;
  return [tenantId, conversationId, inboxId, subjectId, state, assigneeId, queuedAt, waitingSince, at, at];
}

function sender({ head, senderId, participant, sinceSeq, sinceRevision }: NewSender, at: number): SqlValue[] {
  return [head.tenantId, head.conversationId, senderId, participant, sinceSeq, sinceRevision, at];
}
