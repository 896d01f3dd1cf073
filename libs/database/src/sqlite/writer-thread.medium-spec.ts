import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noTenant, openGate } from '../gate/gate.js';
import type { SqlValue } from '../sql.js';
import { SqliteDatabase } from './sqlite-database.js';
import { WriterThread } from './writer-thread.js';

/** Everything that only adds rows goes to the thread. */
const ALWAYS = { onThread: () => true };

const COLUMNS = ['id', 'note', 'body'] as const;
const ROWS = 'SELECT id, note, body FROM t ORDER BY id';

let folder: string;
let file: string;
let database: SqliteDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custodia-thread-'));
  file = join(folder, 'a.db');
  const connection = new Libsql(file);
  connection.pragma('journal_mode = WAL');
  connection.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT, body BLOB)');
  connection.close();
  database = new SqliteDatabase({ file, gate: openGate, readScope: noTenant, place: ALWAYS });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = readonly SqlValue[];
const rows = async () => (await database.reader.all(ROWS, [])) as unknown[];
const insert = async (...added: readonly Row[]): Promise<void> => {
  const { tx, commit } = database.begin();
  tx.insert('t', COLUMNS, added);
  await commit();
};
const many = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, at) => [from + at, `note ${at}`, Buffer.from([at % 256])]);

/** The thread itself, as a fault would meet it. */
const workerOf = (of: SqliteDatabase): Worker => (of as unknown as { thread: { worker: Worker } }).thread.worker;

describe('the thread that writes', () => {
  it('F-0301 stores what rows hold, few or many, and the loop goes on meanwhile', async () => {
    await insert(
      [1, '林晓雯 👩‍👩‍👧', Buffer.from([0, 255])],
      [2, null, null],
      [9_007_199_254_740n, '', Buffer.alloc(0)],
    );
    expect(await rows()).toMatchObject([
      { id: 1, note: '林晓雯 👩‍👩‍👧', body: Buffer.from([0, 255]) },
      { id: 2, note: null, body: null },
      { id: 9_007_199_254_740, note: '' },
    ]);
    let turns = 0;
    const counting = (async () => {
      for (;;) {
        await turn();
        turns += 1;
        if (turns === 3) return;
      }
    })();
    await insert(...many(100, 20_000));
    await counting;
    expect(await rows()).toHaveLength(20_003);
  });

  it('few rows are stored without it, and what comes later finds them', async () => {
    await database.close();
    let busy = false;
    database = new SqliteDatabase({ file, gate: openGate, readScope: noTenant, place: { onThread: () => busy } });
    await insert(...many(1, 3));
    expect(workerOf(database)).toBeUndefined();
    busy = true;
    await insert(...many(4, 3));
    expect(workerOf(database)).toBeDefined();
    busy = false;
    await insert(...many(7, 3));
    expect(((await rows()) as { id: number }[]).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('few rows go to it when the end of a long log is to be copied, which waits for the disk', async () => {
    await database.close();
    database = new SqliteDatabase({ file, gate: openGate, readScope: noTenant, place: { onThread: () => false } });
    (database as unknown as { checkpointer: { almostDone: boolean } }).checkpointer.almostDone = true;
    const told = vi.spyOn(Worker.prototype, 'postMessage');
    await insert(...many(1, 3));
    expect(told.mock.calls.map(([order]) => order.kind)).toEqual(['copyBack', 'commit']);
    await insert(...many(4, 3));
    expect(told).toHaveBeenCalledTimes(2);
    expect(await rows()).toHaveLength(6);
  });

  it('few rows that are refused leave nothing, and the next ones are stored', async () => {
    await database.close();
    database = new SqliteDatabase({ file, gate: openGate, readScope: noTenant, place: { onThread: () => false } });
    await insert(...many(1, 1));
    const { tx, commit, rollback } = database.begin();
    tx.insert('t', COLUMNS, many(2, 1));
    tx.insert('t', COLUMNS, many(1, 1));
    expect(() => commit()).toThrow('UNIQUE');
    await rollback();
    await insert(...many(3, 1));
    expect(((await rows()) as { id: number }[]).map(({ id }) => id)).toEqual([1, 3]);
  });

  it('the memory that one batch was packed in may serve the next before the first is written', async () => {
    const [first, second] = [many(1, 50), many(100, 50).map(([id]) => [id!, 'other', Buffer.from('other')])];
    const open = database.begin();
    open.tx.insert('t', COLUMNS, first);
    open.tx.insert('t', COLUMNS, second);
    await open.commit();
    const found = (await rows()) as { id: number; note: string }[];
    expect(found.filter(({ note }) => note === 'other')).toHaveLength(50);
    expect(found.filter(({ note }) => note.startsWith('note'))).toHaveLength(50);
  });

  it('a statement that asks sees the rows that were added before it, and all is one transaction', async () => {
    const open = database.begin();
    open.tx.insert('t', COLUMNS, many(1, 6));
    expect(open.tx.all('SELECT COUNT(*) AS n FROM t', [])).toMatchObject([{ n: 6 }]);
    expect(await rows()).toEqual([]);
    open.tx.insert('t', COLUMNS, [[7, 'after', null]]);
    expect(open.tx.run('UPDATE t SET note = ? WHERE id < ?', ['changed', 3])).toBe(2);
    await open.commit();
    expect(await rows()).toHaveLength(7);
  });

  it('rolled back, nothing is written, neither of what was gathered nor of what was run', async () => {
    const gathered = database.begin();
    gathered.tx.insert('t', COLUMNS, many(1, 6));
    await gathered.rollback();
    const run = database.begin();
    run.tx.insert('t', COLUMNS, many(1, 6));
    run.tx.run('DELETE FROM t WHERE id = ?', [1]);
    await run.rollback();
    expect(await rows()).toEqual([]);
    expect(() => run.tx.insert('t', COLUMNS, many(1, 1))).toThrow('after the end of its transaction');
    await insert([1, 'next', null]);
    expect(await rows()).toHaveLength(1);
  });

  it('one row that is refused takes its transaction with it, says why, and harms no later one', async () => {
    await insert([5, 'there', null]);
    const open = database.begin();
    open.tx.insert('t', COLUMNS, many(100, 10));
    open.tx.insert('t', COLUMNS, [[5, 'again', null]]);
    await expect(open.commit()).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) });
    expect(await rows()).toHaveLength(1);
    await insert([6, 'next', null]);
    expect(await rows()).toHaveLength(2);
  });

  it('that ends in the middle leaves an outcome nobody knows; afterwards the other connection writes', async () => {
    await insert([1, 'before', null]);
    // It falls over what it does not know. Ended from here, inside the driver, it could take the process with it.
    workerOf(database).postMessage({ kind: 'unknown' });
    const open = database.begin();
    open.tx.insert('t', COLUMNS, many(10, 20_000));
    await expect(open.commit()).rejects.toMatchObject({ code: 'database.outcome-unknown' });
    expect(await rows()).toHaveLength(1);
    await insert([2, 'after', null]);
    expect(await rows()).toHaveLength(2);
  });

  it('ends before its first write when its connection is less durable than it must be', async () => {
    const thread = new WriterThread({
      ...{ file, pragmas: ['synchronous = NORMAL'], settings: { synchronous: 2 }, mostStatements: 1 },
    });
    const write = { sql: 'INSERT INTO t (id) VALUES (?)', runs: [[1]] };
    await expect(thread.commit([write])).rejects.toMatchObject({ code: 'database.outcome-unknown' });
    expect(thread.isAlive).toBe(false);
    await expect(thread.commit([write])).rejects.toMatchObject({ code: 'database.write-failed' });
    await thread.close();
    expect(await rows()).toEqual([]);
  });

  it('writes what it was given before it is closed', async () => {
    const open = database.begin();
    open.tx.insert('t', COLUMNS, many(1, 5000));
    const committing = open.commit();
    await database.close();
    await committing;
    database = new SqliteDatabase({ file, gate: openGate, readScope: noTenant, place: ALWAYS });
    expect(await rows()).toHaveLength(5000);
  });
});
