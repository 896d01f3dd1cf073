import { forUpdate, type Placed, StepKind, type Tx, upsert } from '@libs/database';
import { type AppError, type Clock, UserError } from '@libs/kernel';

/** A draft to keep: sealed texts, null where there is none, on top of the version that was read. */
export interface DraftItem {
  readonly conversationId: string;
  readonly memberId: string;
  readonly subjectId: string;
  readonly base: number;
  readonly message: Buffer | null;
  readonly note: Buffer | null;
}

interface DraftBatch {
  readonly at: number;
  readonly versions: Map<string, number>;
  readonly kept: Map<string, Placed<DraftItem>>;
}

const ROW = {
  table: 'chat_draft',
  columns: ['tenant_id', 'conversation_id', 'member_id', 'subject_id', 'version', 'message', 'note', 'at'],
  keys: ['tenant_id', 'conversation_id', 'member_id'],
  update: ['version', 'message', 'note', 'at'],
} as const;

/** Keeps drafts; of two tabs that changed one the second is told. */
export class DraftStep extends StepKind<DraftItem, DraftBatch> {
  readonly name = 'draft';
  readonly order = 25;

  constructor(private readonly clock: Clock) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<DraftItem>[]): Promise<DraftBatch> {
    const versions = new Map<string, number>();
    const sorted = [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    for (const placed of sorted) {
      const { conversationId, memberId } = placed.item;
      const [row] = await tx.all<{ version: number | string }>(
        `SELECT version FROM chat_draft WHERE tenant_id = ? AND conversation_id = ? AND member_id = ?${forUpdate(tx)}`,
        [placed.set.tenantId, conversationId, memberId],
      );
      versions.set(keyOf(placed), Number(row?.version ?? 0));
    }
    return { at: this.clock.now(), versions, kept: new Map() };
  }

  decide({ versions }: DraftBatch, placed: Placed<DraftItem>): AppError | undefined {
    const version = versions.get(keyOf(placed))!;
    if (version === placed.item.base) return undefined;
    const told = { status: 409, details: { version } };
    return new UserError('chat.draft-changed', 'This draft was changed elsewhere', told);
  }

  apply({ versions, kept }: DraftBatch, placed: Placed<DraftItem>): void {
    versions.set(keyOf(placed), placed.item.base + 1);
    kept.set(keyOf(placed), placed);
  }

  async write(tx: Tx, { at, kept }: DraftBatch): Promise<void> {
    for (const { item, set } of kept.values()) {
      const { conversationId, memberId, subjectId, base, message, note } = item;
      await upsert(tx, ROW, [set.tenantId, conversationId, memberId, subjectId, base + 1, message, note, at]);
    }
  }
}

function keyOf({ item }: Placed<DraftItem>): string {
  return `${item.conversationId} ${item.memberId}`;
}
