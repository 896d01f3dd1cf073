import type { ScheduledRefusal } from '@libs/contracts';
import { forUpdate, type Placed, type SqlReader, StepKind, type Tx } from '@libs/database';
import type { AppError, Clock } from '@libs/kernel';
import { MOST_SCHEDULED, scheduledErrors } from './scheduled-reply.errors.js';

/** One that is new. */
interface KeepItem {
  readonly op: 'keep';
  readonly id: string;
  readonly conversationId: string;
  readonly subjectId: string;
  readonly authorId: string;
  readonly body: Buffer;
  readonly dueAt: number;
  readonly baseSeq: number;
}

/** One that is there, in the version that was read; null = in whichever. */
interface KnownItem {
  readonly id: string;
  readonly conversationId: string;
  readonly version: number | null;
}

/** It waits again, whatever had held it up. */
interface ChangeItem extends KnownItem {
  readonly op: 'change';
  /** null = the text stays. */
  readonly body: Buffer | null;
  readonly dueAt: number;
  readonly baseSeq: number;
}

/** It goes: sent in the same write set, or cancelled. */
interface RemoveItem extends KnownItem {
  readonly op: 'remove';
  /** Only while the customer has not written since it was scheduled. */
  readonly unlessOvertaken?: true;
}

/** It was not sent, and stays. */
interface RefuseItem extends KnownItem {
  readonly op: 'refuse';
  readonly refusal: ScheduledRefusal;
}

export type ScheduledItem = KeepItem | ChangeItem | RemoveItem | RefuseItem;

interface StoredRow {
  readonly conversation_id: string;
  readonly version: number | string;
  readonly base_seq: number | string;
}

interface Known {
  readonly conversationId: string;
  readonly version: number;
  readonly overtaken: boolean;
}

interface ScheduledBatch {
  readonly at: number;
  readonly rows: Map<string, Known>;
  /** How many a conversation has, by tenant and conversation; only of those that get a new one. */
  readonly waiting: Map<string, number>;
  readonly applied: Placed<ScheduledItem>[];
}

const COLUMNS = [
  ...['tenant_id', 'id', 'conversation_id', 'subject_id', 'author_id', 'body'],
  ...['due_at', 'base_seq', 'version', 'state', 'refusal', 'at'],
] as const;

/**
 * Replies that go out later. Sending one removes its row in the write set that stores the message, under the row's lock:
 * of sending, cancelling and changing at once exactly one happens, in however many processes.
 */
export class ScheduledReplyStep extends StepKind<ScheduledItem, ScheduledBatch> {
  readonly name = 'scheduled-reply';
  /** After the conversation, so that what the customer wrote before is seen. */
  readonly order = 26;

  constructor(private readonly clock: Clock) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<ScheduledItem>[]): Promise<ScheduledBatch> {
    const rows = new Map<string, Known>();
    const waiting = await countWaiting(tx, items);
    const sorted = items
      .filter(({ item }) => item.op !== 'keep')
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    for (const placed of sorted) {
      const { tenantId } = placed.set;
      const [row] = await tx.all<StoredRow>(
        'SELECT conversation_id, version, base_seq FROM chat_scheduled_reply ' +
          `WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
        [tenantId, placed.item.id],
      );
      if (!row) continue;
      const asks = 'unlessOvertaken' in placed.item;
      const overtaken = asks && (await customerWrote(tx, tenantId, row.conversation_id, Number(row.base_seq)));
      const known = rows.get(keyOf(placed));
      const version = Number(row.version);
      rows.set(keyOf(placed), {
        ...{ conversationId: row.conversation_id, version, overtaken: overtaken || known?.overtaken === true },
      });
    }
    return { at: this.clock.now(), rows, waiting, applied: [] };
  }

  decide({ rows, waiting }: ScheduledBatch, placed: Placed<ScheduledItem>): AppError | undefined {
    const { item } = placed;
    if (item.op === 'keep') {
      return waiting.get(talkOf(placed))! < MOST_SCHEDULED ? undefined : scheduledErrors.tooMany();
    }
    const row = rows.get(keyOf(placed));
    if (!row || row.conversationId !== item.conversationId) return scheduledErrors.notFound();
    if (item.version !== null && item.version !== row.version) return scheduledErrors.changed(row.version);
    return item.op === 'remove' && item.unlessOvertaken && row.overtaken ? scheduledErrors.customerWrote() : undefined;
  }

  apply({ rows, waiting, applied }: ScheduledBatch, placed: Placed<ScheduledItem>): void {
    applied.push(placed);
    if (placed.item.op === 'keep') waiting.set(talkOf(placed), waiting.get(talkOf(placed))! + 1);
    const key = keyOf(placed);
    const row = rows.get(key);
    if (placed.item.op === 'remove') rows.delete(key);
    else if (row) rows.set(key, { ...row, version: row.version + 1 });
  }

  async write(tx: Tx, { at, applied }: ScheduledBatch): Promise<void> {
    for (const placed of applied) await writeOne(tx, placed, at);
  }
}

/**
 * What each conversation has that gets a new one, under the conversation's lock: however many write at once, one after the
 * other counts.
 */
async function countWaiting(tx: Tx, items: readonly Placed<ScheduledItem>[]): Promise<Map<string, number>> {
  const talks = new Map(items.filter(({ item }) => item.op === 'keep').map((placed) => [talkOf(placed), placed]));
  const waiting = new Map<string, number>();
  for (const talk of [...talks.keys()].sort()) {
    const { item, set } = talks.get(talk)!;
    const place = [set.tenantId, item.conversationId];
    await tx.all(`SELECT id FROM chat_conversation WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`, place);
    const found = await tx.all(
      `SELECT id FROM chat_scheduled_reply WHERE tenant_id = ? AND conversation_id = ? LIMIT ${MOST_SCHEDULED}`,
      place,
    );
    waiting.set(talk, found.length);
  }
  return waiting;
}

/** True where the customer wrote after `seq`. */
export async function customerWrote(
  reader: SqlReader,
  tenantId: string,
  conversationId: string,
  seq: number,
): Promise<boolean> {
  const rows = await reader.all(
    'SELECT seq FROM chat_message WHERE tenant_id = ? AND conversation_id = ? AND seq > ? AND author_id IS NULL LIMIT 1',
    [tenantId, conversationId, seq],
  );
  return rows.length > 0;
}

async function writeOne(tx: Tx, { item, set: { tenantId } }: Placed<ScheduledItem>, at: number): Promise<void> {
  const { id } = item;
  if (item.op === 'keep') {
    const { conversationId, subjectId, authorId, body, dueAt, baseSeq } = item;
    const row = [tenantId, id, conversationId, subjectId, authorId, body, dueAt, baseSeq, 1, 'pending', null, at];
    await tx.insert('chat_scheduled_reply', COLUMNS, [row]);
  } else if (item.op === 'remove') {
    await tx.run('DELETE FROM chat_scheduled_reply WHERE tenant_id = ? AND id = ?', [tenantId, id]);
  } else if (item.op === 'refuse') {
    await tx.run(
      "UPDATE chat_scheduled_reply SET state = 'refused', refusal = ?, version = version + 1, at = ? " +
        'WHERE tenant_id = ? AND id = ?',
      [item.refusal, at, tenantId, id],
    );
  } else {
    await tx.run(
      'UPDATE chat_scheduled_reply SET body = COALESCE(?, body), due_at = ?, base_seq = ?, ' +
        "state = 'pending', refusal = NULL, version = version + 1, at = ? WHERE tenant_id = ? AND id = ?",
      [item.body, item.dueAt, item.baseSeq, at, tenantId, id],
    );
  }
}

function keyOf({ item, set }: Placed<ScheduledItem>): string {
  return `${set.tenantId} ${item.id}`;
}

function talkOf({ item, set }: Placed<ScheduledItem>): string {
  return `${set.tenantId} ${item.conversationId}`;
}
