import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SqlRow, SqlValue } from '../sql.js';
import { PreparedRead } from './packed-reads.js';

let connection: InstanceType<typeof Libsql>;
beforeEach(() => {
  connection = new Libsql(':memory:');
  connection.exec('CREATE TABLE t (place INTEGER PRIMARY KEY, note TEXT, body BLOB, number INTEGER)');
});
afterEach(() => connection.close());

const add = (rows: readonly (readonly SqlValue[])[]): void => {
  const insert = connection.prepare('INSERT INTO t (note, body, number) VALUES (?, ?, ?)');
  for (const row of rows) insert.run(row as SqlValue[]);
};
const readOf = (sql: string): PreparedRead => new PreparedRead(connection, sql, connection.prepare(sql));
/** The first look reads singly, the second packed; answers both. */
const bothWays = (sql: string, params: readonly SqlValue[] = []): readonly [SqlRow[], SqlRow[]] => {
  const read = readOf(sql);
  return [read.all<SqlRow>(params), read.all<SqlRow>(params)];
};
/** A row with its bytes as a text: bytes are compared one by one, which takes minutes. */
const inWords = (row: SqlRow): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, it]) => [name, Buffer.isBuffer(it) ? { bytes: it.toString('hex') } : it]),
  );
/** Texts that the connection prepared while `act` ran. */
const preparedBy = (act: () => void): readonly string[] => {
  const prepare = vi.spyOn(connection, 'prepare');
  act();
  const texts = prepare.mock.calls.map(([text]) => text);
  prepare.mockRestore();
  return texts;
};

describe('rows read as one text', () => {
  it('F-0301 are what they are one by one: any text, any bytes, nothing at all', () => {
    const texts = [null, '', 'note', '林晓雯', '👩‍👩‍👧', '"quoted" \\ \n\t\u2028', "'; --", '-1', '9e999', '{"a":1}'];
    const bodies = [null, Buffer.alloc(0), Buffer.from([0]), Buffer.from([0xff, 0xfe]), Buffer.alloc(70_000, 7)];
    const numbers = [null, 0, -1, 1_700_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    add(
      Array.from({ length: 330 }, (_, at) => [
        texts[at % texts.length]!,
        bodies[at % bodies.length]!,
        numbers[at % numbers.length]!,
      ]),
    );
    const [singly, packed] = bothWays('SELECT place, note, body, number FROM t ORDER BY place');
    expect(packed).toHaveLength(330);
    expect(packed.map(inWords)).toEqual(singly.map(inWords));
  });

  it('keep their order, limits and parameters', () => {
    add(Array.from({ length: 50 }, (_, at) => [`n${at % 7}`, null, (at * 31) % 50]));
    for (const sql of [
      'SELECT number, note FROM t WHERE number > ? ORDER BY number DESC LIMIT ?',
      'SELECT number, note FROM t WHERE number > ? ORDER BY note, number LIMIT ? OFFSET 3',
      'SELECT a.number, b.place AS other FROM t a JOIN t b ON b.place = a.number WHERE a.number > ? ORDER BY b.place DESC LIMIT ?',
      'WITH some AS (SELECT number FROM t WHERE number > ?) SELECT number FROM some ORDER BY number DESC LIMIT ?',
    ]) {
      const [singly, packed] = bothWays(sql, [10, 20]);
      expect(singly.length).toBeGreaterThan(10);
      expect(packed).toEqual(singly);
    }
  });

  it('are read so only after a look that found several, and no longer after one that found few', () => {
    add(Array.from({ length: 10 }, (_, at) => [`n${at}`, null, at]));
    const read = readOf('SELECT number FROM t WHERE number < ? ORDER BY number');
    expect(preparedBy(() => read.all([2]))).toEqual([]);
    expect(preparedBy(() => read.all([10]))).toEqual([]);
    expect(preparedBy(() => read.all([10]))).toEqual([expect.stringContaining('json_group_array')]);
    expect(read.all([0])).toEqual([]);
    expect(read.all([3])).toEqual([{ number: 0 }, { number: 1 }, { number: 2 }]);
  });

  it('are read one by one where the kind of a value is not known, or a name stands twice', () => {
    add(Array.from({ length: 10 }, (_, at) => [`n${at}`, Buffer.from([at]), at]));
    for (const sql of [
      'SELECT MAX(body) AS body, number FROM t GROUP BY number ORDER BY number',
      'SELECT a.number, b.number FROM t a JOIN t b ON b.place = a.place ORDER BY a.place',
      'SELECT json_array(note) AS list FROM t ORDER BY place',
    ]) {
      const read = readOf(sql);
      const first = read.all([]);
      let second: unknown;
      expect(preparedBy(() => (second = read.all([])))).toEqual([]);
      expect(second).toEqual(first);
    }
  });

  it('have the whole of a text with a zero in it, of which the driver reads the beginning', () => {
    add(Array.from({ length: 10 }, () => ['a\u0000b', null, 1]));
    const [, packed] = bothWays('SELECT note FROM t ORDER BY place');
    expect(packed[0]).toEqual({ note: 'a\u0000b' });
  });

  it('bytes in a column that was declared for text are found and read one by one', () => {
    add(Array.from({ length: 10 }, (_, at) => [`n${at}`, null, at]));
    connection.prepare('UPDATE t SET note = ? WHERE place = 5').run([Buffer.from([1, 2])]);
    const [singly, packed] = bothWays('SELECT place, note FROM t ORDER BY place');
    expect(packed).toEqual(singly);
    expect(packed[4]!.note).toEqual(Buffer.from([1, 2]));
  });
});
