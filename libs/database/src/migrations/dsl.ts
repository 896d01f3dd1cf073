import type { QueryRunner } from 'typeorm';

/** Portable column types. Ids and other key-like text are `ascii_bin`: a case-insensitive collation merges them. */
export type ColumnType =
  | { readonly as: 'id' }
  | { readonly as: 'code'; readonly length: number }
  | { readonly as: 'text'; readonly length: number }
  | { readonly as: 'longtext' }
  | { readonly as: 'int' }
  | { readonly as: 'bytes'; readonly length: number }
  | { readonly as: 'serial' };

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable?: boolean;
}

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly primary: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly indexes?: readonly (readonly string[])[];
  /** `[columns, table, columns]`, always RESTRICT. */
  readonly references?: readonly (readonly [readonly string[], string, readonly string[]])[];
}

export const id = (name: string, nullable = false): ColumnDefinition => ({ name, type: { as: 'id' }, nullable });
export const code = (name: string, length = 64, nullable = false): ColumnDefinition => ({
  name,
  type: { as: 'code', length },
  nullable,
});
export const text = (name: string, length = 200, nullable = false): ColumnDefinition => ({
  name,
  type: { as: 'text', length },
  nullable,
});
export const longtext = (name: string, nullable = false): ColumnDefinition => ({
  name,
  type: { as: 'longtext' },
  nullable,
});
/** Whole numbers below 2^53; times are ms since the epoch. */
export const int = (name: string, nullable = false): ColumnDefinition => ({ name, type: { as: 'int' }, nullable });
export const bytes = (name: string, length: number, nullable = false): ColumnDefinition => ({
  name,
  type: { as: 'bytes', length },
  nullable,
});
/** A number given by the database in insertion order. The newest row of such a table is never deleted (no reuse). */
export const serial = (name: string): ColumnDefinition => ({ name, type: { as: 'serial' } });

/** Creates one table in the dialect of `runner`. One call per migration step: MariaDB cannot undo DDL. */
export async function createTable(runner: QueryRunner, table: TableDefinition): Promise<void> {
  const maria = runner.connection.options.type === 'mariadb';
  const lines = table.columns.map((column) => columnText(column, maria));
  const serialKey = table.columns.some((column) => column.type.as === 'serial');
  if (!serialKey || maria) lines.push(`PRIMARY KEY (${table.primary.join(', ')})`);
  for (const columns of table.unique ?? []) lines.push(`UNIQUE (${columns.join(', ')})`);
  for (const [columns, other, keys] of table.references ?? []) {
    lines.push(`FOREIGN KEY (${columns.join(', ')}) REFERENCES ${other} (${keys.join(', ')}) ON DELETE RESTRICT`);
  }
  const tail = maria ? ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin' : '';
  await runner.query(`CREATE TABLE IF NOT EXISTS ${table.name} (\n  ${lines.join(',\n  ')}\n)${tail}`);
  for (const columns of table.indexes ?? []) await runner.query(indexText(table.name, columns));
}

/** A column of a table that has rows: what may not be null starts as `initial`, 0 where nothing is said. */
interface AddedColumn extends ColumnDefinition {
  readonly initial?: string;
}

/** What a later migration adds to a table that has rows. */
export interface TableAddition {
  readonly columns: readonly AddedColumn[];
  readonly indexes?: readonly (readonly string[])[];
  /** Unique among the rows that have a value: NULL equals nothing. */
  readonly unique?: readonly (readonly string[])[];
}

/** Adds columns and indexes to a table; what is there already stays, because MariaDB cannot undo half a migration. */
export async function addColumns(runner: QueryRunner, table: string, addition: TableAddition): Promise<void> {
  const maria = runner.connection.options.type === 'mariadb';
  for (const column of addition.columns) {
    const initial = column.initial === undefined ? '0' : `'${column.initial}'`;
    const start = column.nullable ? '' : ` DEFAULT ${initial}`;
    const guard = maria ? 'IF NOT EXISTS ' : '';
    await runner.query(`ALTER TABLE ${table} ADD COLUMN ${guard}${columnText(column, maria)}${start}`);
  }
  for (const columns of addition.indexes ?? []) await runner.query(indexText(table, columns));
  for (const columns of addition.unique ?? []) await runner.query(indexText(table, columns, 'UNIQUE '));
}

function indexText(table: string, columns: readonly string[], kind = ''): string {
  return `CREATE ${kind}INDEX IF NOT EXISTS ix_${table}_${columns.join('_')} ON ${table} (${columns.join(', ')})`;
}

function columnText({ name, type, nullable }: ColumnDefinition, maria: boolean): string {
  const not = nullable ? '' : ' NOT NULL';
  const ascii = maria ? ' CHARACTER SET ascii COLLATE ascii_bin' : '';
  switch (type.as) {
    case 'id':
      return maria ? `${name} CHAR(36)${ascii}${not}` : `${name} TEXT${not}`;
    case 'code':
      return maria ? `${name} VARCHAR(${type.length})${ascii}${not}` : `${name} TEXT${not}`;
    case 'text':
      return maria ? `${name} VARCHAR(${type.length})${not}` : `${name} TEXT${not}`;
    case 'longtext':
      return maria ? `${name} MEDIUMTEXT${not}` : `${name} TEXT${not}`;
    case 'int':
      return maria ? `${name} BIGINT${not}` : `${name} INTEGER${not}`;
    case 'bytes':
      return maria
        ? `${name} ${type.length > 3000 ? 'MEDIUMBLOB' : `VARBINARY(${type.length})`}${not}`
        : `${name} BLOB${not}`;
    case 'serial':
      return maria ? `${name} BIGINT NOT NULL AUTO_INCREMENT` : `${name} INTEGER PRIMARY KEY`;
  }
}
