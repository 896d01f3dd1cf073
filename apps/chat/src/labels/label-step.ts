import { MOST_LABELS_ON_ONE } from '@libs/contracts';
import { forUpdate, type Placed, StepKind, type Tx, upsert } from '@libs/database';
import type { AppError, Clock } from '@libs/kernel';
import { labelErrors } from './label.errors.js';

/** A label to put on a conversation, or to take off it. */
export interface LabelItem {
  readonly conversationId: string;
  readonly labelId: string;
  readonly on: boolean;
}

interface LabelBatch {
  readonly at: number;
  /** Whether each is archived; one that is not there exists no longer. */
  readonly labels: Map<string, boolean>;
  /** Labels by conversation. */
  readonly held: Map<string, Set<string>>;
  readonly writes: Placed<LabelItem>[];
}

const ROW = {
  table: 'chat_conversation_label',
  columns: ['tenant_id', 'conversation_id', 'label_id', 'at'],
  keys: ['tenant_id', 'conversation_id', 'label_id'],
  update: [],
} as const;

/** Puts labels on and takes them off; holds the label, so that one being deleted is put on nothing. */
export class LabelStep extends StepKind<LabelItem, LabelBatch> {
  readonly name = 'label';
  readonly order = 26;

  constructor(private readonly clock: Clock) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<LabelItem>[]): Promise<LabelBatch> {
    const batch: LabelBatch = { at: this.clock.now(), labels: new Map(), held: new Map(), writes: [] };
    for (const { item, set } of [...items].sort((one, other) => (one.item.labelId < other.item.labelId ? -1 : 1))) {
      const { labelId, conversationId } = item;
      const [label] = await tx.all<{ archived: number | string }>(
        `SELECT archived FROM chat_label WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
        [set.tenantId, labelId],
      );
      if (label) batch.labels.set(`${set.tenantId} ${labelId}`, Number(label.archived) === 1);
      if (batch.held.has(conversationId)) continue;
      const held = await tx.all<{ label_id: string }>(
        'SELECT label_id FROM chat_conversation_label WHERE tenant_id = ? AND conversation_id = ?',
        [set.tenantId, conversationId],
      );
      batch.held.set(conversationId, new Set(held.map((row) => row.label_id)));
    }
    return batch;
  }

  decide({ labels, held }: LabelBatch, { item, set }: Placed<LabelItem>): AppError | undefined {
    const archived = labels.get(`${set.tenantId} ${item.labelId}`);
    if (archived === undefined) return labelErrors.notFound();
    const here = held.get(item.conversationId)!;
    if (!item.on || here.has(item.labelId)) return undefined;
    if (archived) return labelErrors.archived();
    return here.size >= MOST_LABELS_ON_ONE ? labelErrors.tooManyOnOne() : undefined;
  }

  apply({ held, writes }: LabelBatch, placed: Placed<LabelItem>): void {
    const { conversationId, labelId, on } = placed.item;
    if (on) held.get(conversationId)!.add(labelId);
    else held.get(conversationId)!.delete(labelId);
    writes.push(placed);
  }

  async write(tx: Tx, { at, writes }: LabelBatch): Promise<void> {
    for (const { item, set } of writes) {
      const key = [set.tenantId, item.conversationId, item.labelId];
      if (item.on) await upsert(tx, ROW, [...key, at]);
      else {
        await tx.run(
          'DELETE FROM chat_conversation_label WHERE tenant_id = ? AND conversation_id = ? AND label_id = ?',
          key,
        );
      }
    }
  }
}
