import type { LastChange } from '@libs/kernel';
import { type ColumnDefinition, id, int } from './migrations/dsl.js';
import type { SqlReader, SqlValue } from './sql.js';

/** What a table of things that several may edit has, so that who was slower is told who was quicker. */
export const LAST_CHANGE_COLUMNS: readonly ColumnDefinition[] = [id('changed_by', true), int('changed_at', true)];

/**
 * Who wrote a row last; asked for only where somebody was overtaken. `table`, the names in `key` and `at`, the column of
 * the time, are words of ours, never of a caller.
 */
export async function lastChangeOf(
  reader: SqlReader,
  table: string,
  key: Readonly<Record<string, string>>,
  at: 'changed_at' | 'updated_at' = 'changed_at',
): Promise<LastChange> {
  const where = Object.keys(key).map((column) => `${column} = ?`);
  const [row] = await reader.all(
    `SELECT changed_by, ${at} AS changed_at FROM ${table} WHERE ${where.join(' AND ')}`,
    Object.values(key),
  );
  return lastChange(row?.changed_by, row?.changed_at);
}

/** What the two columns of a row say. */
export function lastChange(by: SqlValue | undefined, at: SqlValue | undefined): LastChange {
  return {
    by: by === null || by === undefined ? null : String(by),
    at: at === null || at === undefined ? null : Number(at),
  };
}
