import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeholders, type SqlValue } from '../sql.js';
import { packRows } from './packed-rows.js';

const COLUMNS = ['id', 'note', 'body', 'number'] as const;

let connection: InstanceType<typeof Libsql>;
beforeEach(() => {
  connection = new Libsql(':memory:');
  for (const table of ['packed', 'singly']) {
    connection.exec(`CREATE TABLE ${table} (place INTEGER PRIMARY KEY, id TEXT, note TEXT, body BLOB, number INTEGER)`);
  }
});
afterEach(() => connection.close());

type Row = readonly SqlValue[];
const bytesOf = (value: unknown): unknown =>
  value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value;
const rowsOf = (table: string): unknown[] =>
  (
    connection.prepare(`SELECT *, typeof(note) tn, typeof(body) tb, typeof(number) ti FROM ${table}`).all([]) as Record<
      string,
      unknown
    >[]
  )
    // The driver adds how long it took.
    .map(({ _metadata, ...row }) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, bytesOf(value)])),
    );

/** Inserts both ways; answers what each left behind. */
function insertBothWays(rows: readonly Row[]): { readonly packed: unknown[]; readonly singly: unknown[] } {
  const packed = packRows('packed', COLUMNS, rows)!;
  connection.prepare(packed.sql).run(packed.params);
  const insert = connection.prepare(
    `INSERT INTO singly (${COLUMNS.join(', ')}) VALUES (${placeholders(COLUMNS.length)})`,
  );
  for (const row of rows) insert.run(row as SqlValue[]);
  return { packed: rowsOf('packed'), singly: rowsOf('singly') };
}

describe('rows in one blob', () => {
  it('F-0301 leave exactly what they leave one by one, in their order: any text, any bytes, nothing at all', () => {
    // Their numbers have no common factor, so that in time everything stands beside everything.
    const texts = [
      null,
      '',
      'note',
      '林晓雯',
      '👩‍👩‍👧',
      'a\u0000b',
      ' ends with spaces  ',
      "'; --",
      '-1',
      'e\u0301',
      'x'.repeat(5000),
    ];
    const bodies = [null, Buffer.alloc(0), Buffer.from([0]), Buffer.from([0xff, 0xfe]), Buffer.alloc(70_000, 7)];
    const numbers = [0, -1, 1, 42n, 999_999_999_999_999, -999_999_999_999_999, 1_700_000_000_000];
    const row = (at: number): Row => [
      `id ${at}`,
      texts[at % texts.length]!,
      bodies[at % bodies.length]!,
      numbers[at % numbers.length]!,
    ];
    const { packed, singly } = insertBothWays(Array.from({ length: 11 * 5 * 7 }, (_, at) => row(at)));
    expect(packed).toEqual(singly);
  });

  it('F-0301 of one length, all the same, or more than the buffer had room for', () => {
    const rows = Array.from(
      { length: 300 },
      (_, at): Row => ['one id', `note ${100 + at}`, Buffer.alloc(1000, at), at],
    );
    const { packed, singly } = insertBothWays(rows);
    expect(packed).toEqual(singly);
    expect(packed).toHaveLength(300);
  });

  it('has one text for all batches whose columns have the same kinds', () => {
    const batch = (count: number, length: number) =>
      packRows(
        'packed',
        COLUMNS,
        Array.from({ length: count }, (_, at): Row => [`${at}`.padStart(length, '0'), null, null, at]),
      )!.sql;
    expect(batch(4, 10)).toBe(batch(90, 36));
  });

  it('leaves few rows, mixed kinds and numbers with a fraction or beyond its digits to the single way', () => {
    const of = (values: readonly SqlValue[]) =>
      packRows(
        'packed',
        ['number'],
        values.map((value) => [value]),
      );
    expect(of([1, 2, 3])).toBeUndefined();
    expect(of([1, 2, 3, 'four'])).toBeUndefined();
    expect(of([1, 2, 3, null])).toBeUndefined();
    expect(of([1, 2, 3, 4.5])).toBeUndefined();
    expect(of([1, 2, 3, 10 ** 15])).toBeUndefined();
    expect(of([1, 2, 3, 4])).toBeDefined();
  });
});
