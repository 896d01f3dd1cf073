import { chunks, forUpdate, type Placed, placeholders, StepKind, type Tx } from '@libs/database';
import type { AppError } from '@libs/kernel';
import { SlipUsed } from './consent.errors.js';
import { type NewRecord, RECORD_COLUMNS, recordValues } from './consent-rows.js';

interface BirthBatch {
  readonly used: Set<string>;
  readonly born: NewRecord[];
}

/**
 * The consent record of a new person, appended with its first message. A nonce that is there already refuses the set, so
 * a resend makes no second person.
 */
export class BirthConsentStep extends StepKind<NewRecord, BirthBatch> {
  readonly name = 'consent';
  readonly order = 15;

  /** `onBorn` hears of each record after its commit. */
  constructor(private readonly onBorn: (made: NewRecord) => void) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<NewRecord>[]): Promise<BirthBatch> {
    const batch: BirthBatch = { used: new Set(), born: [] };
    for (const [tenantId, nonces] of noncesByTenant(items)) {
      for (const some of chunks(nonces)) {
        const rows = await tx.all<{ nonce: string }>(
          `SELECT nonce FROM privacy_consent_record WHERE tenant_id = ? AND nonce IN (${placeholders(some.length)})${forUpdate(tx)}`,
          [tenantId, ...some],
        );
        for (const row of rows) batch.used.add(`${tenantId} ${row.nonce}`);
      }
    }
    return batch;
  }

  decide({ used }: BirthBatch, { item, set }: Placed<NewRecord>): AppError | undefined {
    return used.has(`${set.tenantId} ${item.record.nonce}`) ? new SlipUsed() : undefined;
  }

  apply({ used, born }: BirthBatch, { item, set }: Placed<NewRecord>): void {
    used.add(`${set.tenantId} ${item.record.nonce}`);
    born.push(item);
  }

  write(tx: Tx, { born }: BirthBatch): void | Promise<void> {
    return tx.insert('privacy_consent_record', RECORD_COLUMNS, born.map(recordValues));
  }

  override committed({ born }: BirthBatch): void {
    for (const made of born) this.onBorn(made);
  }
}

function noncesByTenant(items: readonly Placed<NewRecord>[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { item, set } of items) {
    const nonces = groups.get(set.tenantId);
    if (nonces) nonces.push(item.record.nonce);
    else groups.set(set.tenantId, [item.record.nonce]);
  }
  return groups;
}
