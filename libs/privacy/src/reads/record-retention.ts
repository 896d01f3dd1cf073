import { type Database, forUpdate, placeholders, type SqlReader, type UnitOfWork, type Work } from '@libs/database';
import { type Clock, newId } from '@libs/kernel';
import { inTenant } from '../in-tenant.js';

/** How long records about dealing with people's data are kept: the register's `request-record`. */
export const REQUEST_RECORD_MONTHS = 36;

/** Rows of one transaction. */
const PAGE = 500;

/** A table of records, oldest first by their ids, and what names people beside it. */
interface Place {
  readonly table: 'privacy_read_entry' | 'privacy_approval';
  readonly people: 'privacy_read_subject' | 'privacy_approval_subject';
  readonly column: 'entry_id' | 'approval_id';
  /** When a record was over. */
  readonly ended: 'at' | 'expires_at';
}

const PLACES: readonly Place[] = [
  { table: 'privacy_read_entry', people: 'privacy_read_subject', column: 'entry_id', ended: 'at' },
  // Nothing happens to an approval after it has expired, whatever became of it.
  { table: 'privacy_approval', people: 'privacy_approval_subject', column: 'approval_id', ended: 'expires_at' },
];

/** What retention works with. */
export interface RetentionParts {
  readonly database: Pick<Database, 'reader'>;
  readonly work: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
}

/**
 * Deletes who has seen what, and what was asked and decided, when the time for such records has ended. The journal says
 * how many went and keeps its own entries about them.
 */
export class RecordRetention {
  constructor(private readonly parts: RetentionParts) {}

  /** Answers how many records went. */
  async purge(tenantId: string): Promise<number> {
    const before = monthsBefore(this.parts.clock.now(), REQUEST_RECORD_MONTHS);
    let gone = 0;
    for (const place of PLACES) {
      for (let page = PAGE; page === PAGE; gone += page) page = await this.purgePage(tenantId, place, before);
    }
    return gone;
  }

  private async purgePage(tenantId: string, place: Place, before: number): Promise<number> {
    const { database, work, clock } = this.parts;
    const due = await inTenant(tenantId, () => endedIds(database.reader, tenantId, place, before));
    if (due.length === 0) return 0;
    const actor = { kind: 'system', id: 'record-retention' } as const;
    const scope = { tenantId, actor, purpose: 'legal-duty', correlationId: newId(clock.now()) } as const;
    return work.run(scope, async (open) => {
      // Another process may have been quicker.
      const ids = await endedIds(open.tx, tenantId, place, before, forUpdate(open.tx));
      await purgeRows(open, tenantId, place, ids);
      return ids.length;
    });
  }
}

/** Ids grow with time, so a page from the beginning shows whether anything is due, without an index on the time. */
async function endedIds(
  reader: SqlReader,
  tenantId: string,
  { table, ended }: Place,
  before: number,
  lock = '',
): Promise<string[]> {
  const rows = await reader.all<{ id: string; ended: number | string }>(
    `SELECT id, ${ended} AS ended FROM ${table} WHERE tenant_id = ? ORDER BY id LIMIT ${PAGE}${lock}`,
    [tenantId],
  );
  return rows.filter((row) => Number(row.ended) < before).map(({ id }) => id);
}

async function purgeRows(
  { tx, record }: Work,
  tenantId: string,
  { table, people, column }: Place,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) {
    const marks = `(${placeholders(ids.length)})`;
    await tx.run(`DELETE FROM ${people} WHERE tenant_id = ? AND ${column} IN ${marks}`, [tenantId, ...ids]);
    await tx.run(`DELETE FROM ${table} WHERE tenant_id = ? AND id IN ${marks}`, [tenantId, ...ids]);
  }
  record({
    ...{ kind: 'privacy.records-purged.v1', subjectId: null, resource: `table:${table}`, fields: '' },
    ...{ detail: () => ({ rows: ids.length }), commitment: null },
  });
}

/** The same day and time `months` calendar months earlier, or the last day of that month. */
function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
