import { type Placed, StepKind, type Tx } from '@libs/database';
import { announce } from '@libs/events';
import type { AppError } from '@libs/kernel';
import { addParticipant } from '../stream/participants.js';
import type { StreamOutcome } from '../stream/stream-items.js';

/** Whom the note of the same write set names. */
export interface MentionItem {
  /** The note; its place comes with the commit. */
  readonly note: { readonly conversationId: string; readonly outcome?: StreamOutcome };
  readonly authorId: string;
  readonly memberIds: readonly string[];
}

const COLUMNS = ['tenant_id', 'conversation_id', 'revision', 'member_id', 'author_id', 'at', 'read_at'];

/** Keeps whom a note names, and lets them take part: from then on they may read the conversation (decision 0011). */
class MentionStep extends StepKind<MentionItem, Placed<MentionItem>[]> {
  readonly name = 'mention';
  readonly order = 28;

  load(): Placed<MentionItem>[] {
    return [];
  }

  decide(): AppError | undefined {
    return undefined;
  }

  apply(batch: Placed<MentionItem>[], placed: Placed<MentionItem>): void {
    batch.push(placed);
  }

  async write(tx: Tx, batch: Placed<MentionItem>[]): Promise<void> {
    for (const { item, set } of batch) {
      const { tenantId } = set;
      const { conversationId, outcome } = item.note;
      const { revision, at } = outcome!;
      const ids = [...item.memberIds].sort();
      const rows = ids.map((id) => [tenantId, conversationId, revision, id, item.authorId, at, null]);
      await tx.insert('chat_mention', COLUMNS, rows);
      for (const id of ids) {
        await addParticipant(tx, { tenantId, conversationId, participant: id });
        await announce(tx, { kind: 'mention', tenantId, ref: id });
      }
    }
  }
}

/** The kind of step; it has no state of its own. */
export const mentionStep = new MentionStep();
