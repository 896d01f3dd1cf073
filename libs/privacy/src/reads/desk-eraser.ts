import { placeholders, type Tx, type UnitOfWork } from '@libs/database';
import type { NamedEraser } from '../destruction/erasers.js';

/** Rows of one transaction. */
const PAGE = 500;

/** One table that names persons, and the texts beside it that may speak of them. */
interface Place {
  readonly table: 'privacy_read_subject' | 'privacy_approval_subject' | 'privacy_consent_ask';
  readonly column: 'entry_id' | 'approval_id' | 'id';
  readonly clear?: string;
}

const PLACES: readonly Place[] = [
  {
    table: 'privacy_read_subject',
    column: 'entry_id',
    clear: 'UPDATE privacy_read_entry SET note_sealed = NULL WHERE tenant_id = ? AND note_sealed IS NOT NULL AND id IN',
  },
  {
    table: 'privacy_approval_subject',
    column: 'approval_id',
    clear:
      'UPDATE privacy_approval SET reason_sealed = NULL WHERE tenant_id = ? AND reason_sealed IS NOT NULL AND id IN',
  },
  { table: 'privacy_consent_ask', column: 'id' },
];

/**
 * What the desk holds about an erased person: that they were seen, that somebody asked to see them, what was said with
 * it, and what they were asked. The accounts themselves stay as numbers and names of fields. Idempotent.
 */
export class DeskEraser implements NamedEraser {
  readonly name = 'desk';

  constructor(private readonly work: Pick<UnitOfWork, 'upkeep'>) {}

  async erase(tenantId: string, subjectId: string): Promise<void> {
    for (const place of PLACES) {
      for (let page = PAGE; page === PAGE; ) {
        page = await this.work.upkeep((tx) => erasePage(tx, place, tenantId, subjectId), new Set([tenantId]));
      }
    }
  }
}

async function erasePage(
  tx: Tx,
  { table, column, clear }: Place,
  tenantId: string,
  subjectId: string,
): Promise<number> {
  const rows = await tx.all<{ id: string }>(
    `SELECT ${column} AS id FROM ${table} WHERE tenant_id = ? AND subject_id = ? LIMIT ${PAGE}`,
    [tenantId, subjectId],
  );
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const marks = `(${placeholders(ids.length)})`;
  if (clear !== undefined) await tx.run(`${clear} ${marks}`, [tenantId, ...ids]);
  await tx.run(`DELETE FROM ${table} WHERE tenant_id = ? AND subject_id = ? AND ${column} IN ${marks}`, [
    tenantId,
    subjectId,
    ...ids,
  ]);
  return rows.length;
}
