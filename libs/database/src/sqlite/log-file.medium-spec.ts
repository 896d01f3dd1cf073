import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noTenant, openGate } from '../gate/gate.js';
import { prepareLog } from './log-file.js';
import { SqliteDatabase } from './sqlite-database.js';

const BYTES = 3_000_000;
const HEADER_OF_LOG = 32;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custodia-log-'));
  file = join(folder, 'a.db');
  const connection = new Libsql(file);
  connection.pragma('journal_mode = WAL');
  connection.exec('CREATE TABLE t (x INTEGER)');
  connection.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => new SqliteDatabase({ file, gate: openGate, readScope: noTenant, preparedLog: BYTES });

const write = async (database: SqliteDatabase, x: number): Promise<void> => {
  const { tx, commit } = database.begin();
  tx.insert('t', COLUMNS, [[x]]);
  commit();
};
const COLUMNS = ['x'] as const;
const rowsIn = (path: string): unknown[] => {
  const connection = new Libsql(path);
  const rows = connection.prepare('SELECT x FROM t ORDER BY x').all([]) as { x: number }[];
  connection.close();
  return rows.map(({ x }) => x);
};

describe('the prepared write-ahead log', () => {
  it('has its length at once and takes commits from its beginning without growing', async () => {
    const database = open();
    expect(statSync(`${file}-wal`).size).toBe(BYTES);
    for (let x = 1; x <= 20; x++) await write(database, x);
    expect(statSync(`${file}-wal`).size).toBe(BYTES);
    expect(readFileSync(`${file}-wal`).readUInt32BE(0) >>> 1).toBe(0x377f0682 >>> 1);
    await database.close();
    expect(rowsIn(file)).toHaveLength(20);
  });

  it('keeps what was committed when the process ends without closing, and again after a restart on it', async () => {
    const database = open();
    for (let x = 1; x <= 5; x++) await write(database, x);
    // What a killed process leaves: both files as they are now.
    const left = join(folder, 'left.db');
    writeFileSync(left, readFileSync(file));
    writeFileSync(`${left}-wal`, readFileSync(`${file}-wal`));
    await database.close();
    const restarted = new SqliteDatabase({
      file: left,
      gate: openGate,
      readScope: noTenant,
      preparedLog: BYTES,
    });
    await write(restarted, 6);
    await restarted.close();
    expect(rowsIn(left)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves a log alone that holds anything', () => {
    const log = `${file}-wal`;
    writeFileSync(log, Buffer.alloc(HEADER_OF_LOG, 7));
    prepareLog(file, BYTES);
    expect(readFileSync(log)).toEqual(Buffer.alloc(HEADER_OF_LOG, 7));
  });
});
