import type { SqlValue } from '../sql.js';

/**
 * Many rows as the parameters of one statement. libsql spends most of an insert on taking parameters over one by one;
 * so all cells lie in one blob, column by column, and SQLite cuts them out (measured in docs/performance.md).
 */
export interface PackedRows {
  readonly sql: string;
  readonly params: SqlValue[];
}

/** Fewer rows than this cost more packed than singly. */
const WORTH_IT = 4;
/** Digits of an integer, and of a position or length in the blob. */
const DIGITS = 16;
const [ZERO, MINUS] = [0x30, 0x2d];
/** Beyond this an integer is bound singly: its digits and sign must fit. */
const LARGEST = 10 ** (DIGITS - 1);

/** Reused by every batch: packing is done before anybody else can begin. */
let cells = Buffer.allocUnsafe(64 * 1024);
let end = 0;

/** A column as it is cut out: an expression over `?1` (the cells) and `i` (the row), and what it takes as parameters. */
interface PackedColumn {
  readonly expression: string;
  readonly params: readonly SqlValue[];
}

/**
 * The statement that inserts `rows`, or undefined where they are few or a column mixes kinds of values. Its text depends
 * on the kinds of the columns only, so that few texts serve all batches.
 */
export function packRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): PackedRows | undefined {
  if (rows.length < WORTH_IT) return undefined;
  end = 0;
  const params: SqlValue[] = [null, rows.length];
  const expressions: string[] = [];
  for (let column = 0; column < columns.length; column += 1) {
    const packed = packColumn(rows, column, params.length + 1);
    if (packed === undefined) return undefined;
    expressions.push(packed.expression);
    params.push(...packed.params);
  }
  params[0] = cells.subarray(0, end);
  const counter = 'WITH RECURSIVE counter(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counter WHERE i + 1 < ?2)';
  return {
    sql: `${counter} INSERT INTO ${table} (${columns.join(', ')}) SELECT ${expressions.join(', ')} FROM counter`,
    params,
  };
}

/** `next` is the number of the first parameter that the column may take. */
function packColumn(rows: readonly (readonly SqlValue[])[], column: number, next: number): PackedColumn | undefined {
  const first = rows[0]![column]!;
  if (rows.every((row) => row[column] === first)) {
    return first === null ? { expression: 'NULL', params: [] } : { expression: `?${next}`, params: [first] };
  }
  if (rows.every((row) => isPackable(row[column]!))) return packIntegers(rows, column, next);
  if (rows.every((row) => row[column] === null || typeof row[column] === 'string')) {
    return packBytes(rows, column, next, (bytes) => `CAST(${bytes} AS TEXT)`);
  }
  if (rows.every((row) => row[column] === null || Buffer.isBuffer(row[column]))) {
    return packBytes(rows, column, next, (bytes) => bytes);
  }
  return undefined;
}

function isPackable(value: SqlValue): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < LARGEST;
  return typeof value === 'bigint' && value < LARGEST && value > -LARGEST;
}

function packIntegers(rows: readonly (readonly SqlValue[])[], column: number, next: number): PackedColumn {
  const from = end;
  reserve(rows.length * DIGITS);
  for (const row of rows) putInteger(row[column] as number | bigint);
  return { expression: integerAt(`?${next} + i * ${DIGITS}`), params: [from + 1] };
}

/** Cells of one length stand in a row; others are found by a list of positions and lengths, where -1 is NULL. */
function packBytes(
  rows: readonly (readonly SqlValue[])[],
  column: number,
  next: number,
  cut: (bytes: string) => string,
): PackedColumn {
  const from = end;
  const ends: number[] = [];
  for (const row of rows) {
    putBytes(row[column] as string | Buffer | null);
    ends.push(end);
  }
  const width = ends[0]! - from;
  const alike = ends.every((at, row) => at === from + width * (row + 1));
  if (alike && rows.every((row) => row[column] !== null)) {
    return { expression: cut(`SUBSTR(?1, ?${next} + i * ?${next + 1}, ?${next + 1})`), params: [from + 1, width] };
  }
  const list = end;
  reserve(rows.length * 2 * DIGITS);
  let start = from;
  rows.forEach((row, at) => {
    putInteger(start + 1);
    putInteger(row[column] === null ? -1 : ends[at]! - start);
    start = ends[at]!;
  });
  const position = integerAt(`?${next} + i * ${2 * DIGITS}`);
  const length = integerAt(`?${next} + i * ${2 * DIGITS} + ${DIGITS}`);
  return {
    expression: `CASE WHEN ${length} >= 0 THEN ${cut(`SUBSTR(?1, ${position}, ${length})`)} END`,
    params: [list + 1],
  };
}

/** Digits are read as text first: a blob has no number. */
function integerAt(position: string): string {
  return `CAST(CAST(SUBSTR(?1, ${position}, ${DIGITS}) AS TEXT) AS INTEGER)`;
}

/** Digit by digit: a text for each number of a batch would be garbage of the message path. */
function putInteger(value: number | bigint): void {
  let left = Math.abs(Number(value));
  for (let at = end + DIGITS - 1; at >= end; at -= 1) {
    const tenth = Math.floor(left / 10);
    cells[at] = ZERO + left - tenth * 10;
    left = tenth;
  }
  if (value < 0) cells[end] = MINUS;
  end += DIGITS;
}

function putBytes(value: string | Buffer | null): void {
  if (value === null) return;
  if (typeof value !== 'string') {
    reserve(value.length);
    end += value.copy(cells, end);
    return;
  }
  // In UTF-8 a UTF-16 unit takes three bytes at most.
  reserve(value.length * 3);
  end += cells.write(value, end);
}

function reserve(bytes: number): void {
  if (end + bytes <= cells.length) return;
  const larger = Buffer.allocUnsafe(Math.max(cells.length * 2, end + bytes));
  cells.copy(larger, 0, 0, end);
  cells = larger;
}
