import type { SqlReader } from '@libs/database';
import type { AppError } from '@libs/kernel';
import { streamErrors } from './stream.errors.js';
import type { StreamHead } from './stream-head.js';
import type { SendItem } from './stream-items.js';

/** A public message of a member. */
export interface Reply {
  readonly seq: number;
  readonly authorId: string;
}

interface ReplyBatch {
  readonly heads: ReadonlyMap<string, StreamHead>;
  /** Of conversations in which somebody asks whether there are new ones. */
  readonly replies: Map<string, Reply[]>;
}

/** Reads whether a colleague replied after what the author of `item` had read. */
export async function loadReplies(tx: SqlReader, { heads, replies }: ReplyBatch, item: SendItem): Promise<void> {
  const { conversationId, seenSeq, authorId } = item;
  const head = heads.get(conversationId);
  if (!head) return;
  const known = replies.get(conversationId) ?? [];
  replies.set(conversationId, known);
  // Whoever had read everything, as nearly always, asks for no row: what others of this batch write is added to `known`.
  if (head.seq <= seenSeq!) return;
  const [row] = await tx.all<{ seq: number | string; author_id: string }>(
    'SELECT seq, author_id FROM chat_message WHERE tenant_id = ? AND conversation_id = ? AND seq > ? ' +
      'AND author_id IS NOT NULL AND author_id <> ? ORDER BY seq DESC LIMIT 1',
    [head.tenantId, conversationId, seenSeq!, authorId],
  );
  if (row) known.push({ seq: Number(row.seq), authorId: row.author_id });
}

/** The refusal of a reply that somebody else's has overtaken since it was begun. */
export function overtaken(
  replies: ReadonlyMap<string, readonly Reply[]>,
  { seenSeq, authorId, conversationId }: SendItem,
): AppError | undefined {
  if (seenSeq === undefined) return undefined;
  const newer = replies.get(conversationId)?.filter((one) => one.seq > seenSeq && one.authorId !== authorId);
  const last = newer?.at(-1);
  return last && streamErrors.colleagueReplied(last.authorId, last.seq);
}
