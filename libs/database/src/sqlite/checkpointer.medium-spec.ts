import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Checkpointer } from './checkpointer.js';
import { prepareLog } from './log-file.js';

const HOUR_MS = 3_600_000;
const LOG_BYTES = 8 * 1024 * 1024;
const ROWS = 4_000;

let folder: string;
let file: string;
let connection: InstanceType<typeof Libsql>;
let checkpointer: Checkpointer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custodia-checkpointer-'));
  file = join(folder, 'a.db');
  connection = new Libsql(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('wal_autocheckpoint = 0');
  connection.exec('CREATE TABLE t (x BLOB)');
  connection.pragma('wal_checkpoint(TRUNCATE)');
  prepareLog(file, LOG_BYTES);
});
afterEach(async () => {
  await checkpointer?.close();
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (rows: number): void => {
  const insert = connection.prepare('INSERT INTO t VALUES (?)');
  connection.exec('BEGIN');
  for (let row = 0; row < rows; row++) insert.run([Buffer.alloc(200)]);
  connection.exec('COMMIT');
};
const size = (): number => statSync(file).size;

describe('the thread that copies the log back', () => {
  it('F-0301 does it after many rows, before its turn, and again after as many', async () => {
    checkpointer = new Checkpointer(file, Number.MAX_SAFE_INTEGER, () => {}, HOUR_MS);
    for (let time = 1; time <= 2; time++) {
      const before = size();
      write(ROWS);
      checkpointer.wrote(ROWS - 1);
      checkpointer.wrote(1);
      await vi.waitUntil(() => size() > before, { timeout: 10_000 });
    }
  });

  it('leaves few rows to its turn', async () => {
    checkpointer = new Checkpointer(file, Number.MAX_SAFE_INTEGER, () => {}, HOUR_MS);
    const before = size();
    write(ROWS);
    checkpointer.wrote(ROWS - 1);
    await checkpointer.close();
    expect(size()).toBe(before);
  });

  it('says when a long log has but little left to copy', async () => {
    const almost = vi.fn();
    checkpointer = new Checkpointer(file, 10, almost, HOUR_MS);
    write(ROWS);
    checkpointer.wrote(ROWS);
    await vi.waitUntil(() => almost.mock.calls.length === 1, { timeout: 10_000 });
  });
});
