import { chunks, forUpdate, type Placed, placeholders, type SqlValue, StepKind, type Tx } from '@libs/database';
import { type AppError, newId, UserError } from '@libs/kernel';
import type { AgreedSlip } from './consent-slips.js';

/** The consent record of a new person. */
export interface ConsentItem {
  readonly subjectId: string;
  readonly inboxId: string;
  readonly slip: AgreedSlip;
}

interface ConsentBatch {
  readonly used: Set<string>;
  readonly rows: SqlValue[][];
}

const COLUMNS = [
  'tenant_id',
  'id',
  'subject_id',
  'purpose',
  'decision',
  'notice_hash',
  'notice_version',
  'locale',
  'channel',
  'inbox_id',
  'nonce',
  'decided_at',
  'recorded_at',
] as const;

/** The slip was used before: the first message had been stored and only its answer was lost. */
export class SlipUsed extends UserError {
  constructor() {
    super('chat.slip-used', 'This slip has opened a conversation before', { status: 200 });
  }
}

/** Writes consent records; a nonce that is already there refuses the set, so a resend makes no second person. */
export class ConsentStep extends StepKind<ConsentItem, ConsentBatch> {
  readonly name = 'consent';
  readonly order = 15;

  constructor(private readonly now: () => number) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<ConsentItem>[]): Promise<ConsentBatch> {
    const batch: ConsentBatch = { used: new Set(), rows: [] };
    for (const [tenantId, placed] of byTenant(items)) {
      for (const some of chunks(placed.map(({ item }) => item.slip.nonce))) {
        const rows = await tx.all<{ nonce: string }>(
          `SELECT nonce FROM privacy_consent_record WHERE tenant_id = ? AND nonce IN (${placeholders(some.length)})${forUpdate(tx)}`,
          [tenantId, ...some],
        );
        for (const row of rows) batch.used.add(`${tenantId} ${row.nonce}`);
      }
    }
    return batch;
  }

  decide(batch: ConsentBatch, { item, set }: Placed<ConsentItem>): AppError | undefined {
    return batch.used.has(`${set.tenantId} ${item.slip.nonce}`) ? new SlipUsed() : undefined;
  }

  apply(batch: ConsentBatch, { item, set }: Placed<ConsentItem>): void {
    const { subjectId, inboxId, slip } = item;
    const now = this.now();
    batch.used.add(`${set.tenantId} ${slip.nonce}`);
    batch.rows.push([
      set.tenantId,
      newId(now),
      subjectId,
      'support-conversation',
      'agree',
      slip.noticeHash,
      slip.version,
      slip.locale,
      'web-widget',
      inboxId,
      slip.nonce,
      slip.agreedAt,
      now,
    ]);
  }

  write(tx: Tx, batch: ConsentBatch): void | Promise<void> {
    return tx.insert('privacy_consent_record', COLUMNS, batch.rows);
  }
}

function byTenant(items: readonly Placed<ConsentItem>[]): Map<string, Placed<ConsentItem>[]> {
  const groups = new Map<string, Placed<ConsentItem>[]>();
  for (const placed of items) {
    const group = groups.get(placed.set.tenantId);
    if (group) group.push(placed);
    else groups.set(placed.set.tenantId, [placed]);
  }
  return groups;
}
