/** What may be bound to a statement. Times are integers (ms), booleans 0 and 1. */
export type SqlValue = string | number | bigint | Buffer | null;
/** A row by names of columns. */
export type SqlRow = Record<string, SqlValue>;

/** The two databases the product runs on. */
export type Dialect = 'sqlite' | 'mariadb';

/** Result of a statement: SQLite answers at once, MariaDB with a promise; `await` serves both. */
export type Eventually<T> = T | Promise<T>;

/** Reads: an open transaction, or the reading side outside of one. */
export interface SqlReader {
  readonly dialect: Dialect;
  /** Rows of a SELECT. */
  all<R extends object = SqlRow>(sql: string, params: readonly SqlValue[]): Eventually<R[]>;
}

/** One open transaction. */
export interface Tx extends SqlReader {
  /** Runs a changing statement and answers the number of rows it changed. */
  run(sql: string, params: readonly SqlValue[]): Eventually<number>;
  /** Appends rows to a table; each row has the values of `columns` in order. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Eventually<void>;
}

/** `?, ?, ?` for `count` parameters. */
export function placeholders(count: number): string {
  return count === 1 ? '?' : `?${', ?'.repeat(count - 1)}`;
}

/** Splits `values` into runs whose length is a power of two, so that few different statement texts exist. */
export function chunks<T>(values: readonly T[], most = 64): T[][] {
  const parts: T[][] = [];
  let from = 0;
  let size = most;
  while (from < values.length) {
    while (size > values.length - from) size >>= 1;
    parts.push(values.slice(from, from + size));
    from += size;
  }
  return parts;
}
