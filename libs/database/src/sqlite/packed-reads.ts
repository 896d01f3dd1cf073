import type Libsql from 'libsql';
import type { SqlRow, SqlValue } from '../sql.js';

type Connection = InstanceType<typeof Libsql>;
type Statement = ReturnType<Connection['prepare']>;

/** Fewer rows than this are read one by one. */
const WORTH_IT = 4;
/** SQLite takes no more arguments of a function. */
const MOST_COLUMNS = 100;
/** Types that columns are declared with; an expression has none, and might be anything. */
const AS_IT_IS = /^(TEXT|INTEGER|INT|VARCHAR|CHAR)\b/i;
const BYTES = /^BLOB$/i;

/** A SELECT whose rows come as one JSON text, and how they are taken apart. */
interface Packed {
  readonly statement: Statement;
  readonly names: readonly string[];
  /** Places of the columns that hold bytes; in the text they are hexadecimal. */
  readonly bytes: readonly number[];
}

/**
 * A statement that is prepared once. libsql hands rows over value by value, which costs more than finding them; so a
 * SELECT that answered several rows is from then on answered as one text, which the engine's own JSON reader takes apart
 * (measured in docs/performance.md).
 */
export class PreparedRead {
  /** Absent until it is worth it, null where it cannot be had. */
  private packed: Packed | null | undefined;
  private gaveMany = false;

  constructor(
    private readonly connection: Connection,
    private readonly sql: string,
    private readonly statement: Statement,
  ) {
    // What a function of JSON answers would be taken for JSON once more.
    if (!/^(SELECT|WITH)\b/.test(sql) || /json/i.test(sql)) this.packed = null;
  }

  /** All rows, in the statement's order. Bytes are Buffers. */
  all<R extends object>(params: readonly SqlValue[]): R[] {
    const rows = (this.gaveMany && this.allPacked(params)) || this.allSingly(params);
    this.gaveMany = rows.length >= WORTH_IT;
    return rows as R[];
  }

  private allSingly(params: readonly SqlValue[]): SqlRow[] {
    return withBuffers(this.statement.all(params as SqlValue[]) as SqlRow[]);
  }

  private allPacked(params: readonly SqlValue[]): SqlRow[] | undefined {
    if (this.packed === undefined) this.packed = pack(this.connection, this.sql, this.statement);
    if (this.packed === null) return undefined;
    const { statement, names, bytes } = this.packed;
    let text: string;
    try {
      text = (statement.all(params as SqlValue[]) as { rows: string }[])[0]!.rows;
    } catch (error) {
      if (!/JSON cannot hold BLOB/.test((error as Error).message)) throw error;
      // Bytes in a column that was declared for something else.
      this.packed = null;
      return undefined;
    }
    return unpack(JSON.parse(text) as SqlValue[][], names, bytes);
  }
}

/** The packed form of a SELECT, or null where a column's kind of values is not known beforehand. */
function pack(connection: Connection, sql: string, statement: Statement): Packed | null {
  const columns = statement.columns() as { readonly name: string; readonly type: string | null }[];
  const names = columns.map(({ name }) => name);
  if (names.length > MOST_COLUMNS || new Set(names).size < names.length) return null;
  const bytes: number[] = [];
  const values: string[] = [];
  for (const [place, { name, type }] of columns.entries()) {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    if (AS_IT_IS.test(type ?? '')) values.push(quoted);
    else if (BYTES.test(type ?? '')) {
      bytes.push(place);
      values.push(`iif(${quoted} IS NULL, NULL, hex(${quoted}))`);
    } else return null;
  }
  // SQLite keeps the order of a subquery whose rows are gathered by an aggregate like this one.
  const packed = `SELECT json_group_array(json_array(${values.join(', ')})) AS rows FROM (${sql})`;
  return { statement: connection.prepare(packed), names, bytes };
}

function unpack(rows: readonly SqlValue[][], names: readonly string[], bytes: readonly number[]): SqlRow[] {
  return rows.map((values) => {
    for (const place of bytes) {
      const hex = values[place];
      if (typeof hex === 'string') values[place] = Buffer.from(hex, 'hex');
    }
    const row: SqlRow = {};
    for (let place = 0; place < names.length; place += 1) row[names[place]!] = values[place]!;
    return row;
  });
}

/** libsql answers blobs as ArrayBuffer; the product knows Buffer only. */
function withBuffers(rows: SqlRow[]): SqlRow[] {
  for (const row of rows as Record<string, unknown>[]) {
    for (const name in row) {
      const value = row[name];
      if (value instanceof ArrayBuffer) row[name] = Buffer.from(value);
    }
  }
  return rows as SqlRow[];
}
