import { placeholders, type SqlReader, type SqlValue, type Tx } from './sql.js';

/** A row that is written whether or not its key exists: the dialects say it differently (design 3). */
export interface Upsert {
  readonly table: string;
  /** All columns, `tenant_id` first. */
  readonly columns: readonly string[];
  /** Columns of the key. */
  readonly keys: readonly string[];
  /** Columns that a later row overwrites; empty = the first row stays. */
  readonly update: readonly string[];
}

/** Inserts `row`, or updates `update` where the key exists. */
export async function upsert(
  tx: Tx,
  { table, columns, keys, update }: Upsert,
  row: readonly SqlValue[],
): Promise<void> {
  const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${placeholders(columns.length)})`;
  await tx.run(head + (tx.dialect === 'sqlite' ? onConflict(keys, update) : onDuplicate(keys, update)), row);
}

function onConflict(keys: readonly string[], update: readonly string[]): string {
  const target = ` ON CONFLICT (${keys.join(', ')})`;
  if (update.length === 0) return `${target} DO NOTHING`;
  return `${target} DO UPDATE SET ${update.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

function onDuplicate(keys: readonly string[], update: readonly string[]): string {
  // Writing a key column to itself changes nothing: MySQL's way of saying "do nothing".
  const names = update.length === 0 ? [keys[keys.length - 1]!] : update;
  return ` ON DUPLICATE KEY UPDATE ${names.map((name) => (update.length === 0 ? `${name} = ${name}` : `${name} = VALUES(${name})`)).join(', ')}`;
}

/** Suffix of a SELECT whose rows must not change until the commit. SQLite has one writer and needs none. */
export function forUpdate(tx: Tx): string {
  return tx.dialect === 'mariadb' ? ' FOR UPDATE' : '';
}

/** ms since the epoch by the database's own clock, as a value inside a statement. */
export function nowIn({ dialect }: Pick<SqlReader, 'dialect'>): string {
  if (dialect === 'mariadb') return 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED)';
  return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
}
