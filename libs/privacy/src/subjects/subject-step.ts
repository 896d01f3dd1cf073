import { chunks, type Placed, placeholders, type SqlValue, StepKind, type Tx } from '@libs/database';
import { type AppError, type Clock, Lru, pairKey, UserError } from '@libs/kernel';
import { consentErrors } from '../consent/consent.errors.js';
import type { SubjectKind, SubjectState } from './subject.entity.js';

/** Either the fence ("this person must still be live") or the birth of a subject in the same set. */
export interface SubjectItem {
  readonly subjectId: string;
  readonly create?: SubjectKind;
}

interface SubjectBatch {
  readonly live: Set<string>;
  /** Those who withdrew the basic consent: another refusal, because they can agree again. */
  readonly withheld: Set<string>;
  readonly at: number;
  readonly created: SqlValue[][];
}

const COLUMNS = ['tenant_id', 'id', 'kind', 'state', 'created_at'] as const;

/** Refusal of every write about a person whose data is restricted or gone. */
export function subjectClosed(): UserError {
  return new UserError('privacy.subject-closed', 'The data of this person is no longer processed', { status: 410 });
}

/**
 * Fence and birth of data subjects. The fence is a locking read in the transaction of the write, so a destruction that
 * closes it leaves no write behind it. Where this process is the only writer it remembers who is live; `close` forgets.
 */
export class SubjectStep extends StepKind<SubjectItem, SubjectBatch> {
  readonly name = 'subject';
  readonly order = 10;
  private readonly known: Lru<string, true> | undefined;

  constructor(
    private readonly clock: Clock,
    exclusive: boolean,
  ) {
    super();
    this.known = exclusive ? new Lru(100_000) : undefined;
  }

  /** Called inside the transaction that closes the fence of a subject. */
  forget(tenantId: string, subjectId: string): void {
    this.known?.delete(pairKey(tenantId, subjectId));
  }

  load(tx: Tx, items: readonly Placed<SubjectItem>[]): SubjectBatch | Promise<SubjectBatch> {
    const batch: SubjectBatch = { live: new Set(), withheld: new Set(), at: this.clock.now(), created: [] };
    const unknown = new Map<string, Set<string>>();
    for (const { item, set } of items) {
      if (item.create) continue;
      const key = pairKey(set.tenantId, item.subjectId);
      if (this.known?.peek(key)) batch.live.add(key);
      else {
        const ids = unknown.get(set.tenantId);
        if (ids) ids.add(item.subjectId);
        else unknown.set(set.tenantId, new Set([item.subjectId]));
      }
    }
    return unknown.size === 0 ? batch : this.lookUp(tx, batch, unknown);
  }

  decide(state: SubjectBatch, { item, set }: Placed<SubjectItem>): AppError | undefined {
    const key = pairKey(set.tenantId, item.subjectId);
    if (item.create || state.live.has(key)) return undefined;
    return state.withheld.has(key) ? consentErrors.required() : subjectClosed();
  }

  apply(state: SubjectBatch, { item, set }: Placed<SubjectItem>): void {
    if (!item.create) return;
    state.live.add(pairKey(set.tenantId, item.subjectId));
    state.created.push([set.tenantId, item.subjectId, item.create, 'live', state.at]);
  }

  write(tx: Tx, state: SubjectBatch): void | Promise<void> {
    return tx.insert('privacy_data_subject', COLUMNS, state.created);
  }

  override committed(state: SubjectBatch): void {
    if (this.known) for (const key of state.live) this.known.set(key, true);
  }

  private async lookUp(tx: Tx, batch: SubjectBatch, unknown: Map<string, Set<string>>): Promise<SubjectBatch> {
    const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
    for (const tenantId of [...unknown.keys()].sort()) {
      for (const ids of chunks([...unknown.get(tenantId)!].sort())) {
        const rows = await tx.all<{ id: string; state: SubjectState }>(
          `SELECT id, state FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ` +
            `AND state IN ('live', 'withheld') ORDER BY id${lock}`,
          [tenantId, ...ids],
        );
        for (const { id, state } of rows) (state === 'live' ? batch.live : batch.withheld).add(pairKey(tenantId, id));
      }
    }
    return batch;
  }
}
