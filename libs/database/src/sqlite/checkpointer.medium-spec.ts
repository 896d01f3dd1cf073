import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
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
/** Everything that was written lies in the file, so that no copy is under way that a later one could be taken for. */
const checkpointed = (): Promise<unknown> =>
  vi.waitUntil(
    () => {
      const [row] = connection.pragma('wal_checkpoint(PASSIVE)') as {
        busy: number;
        log: number;
        checkpointed: number;
      }[];
      return row!.busy === 0 && row!.log === row!.checkpointed;
    },
    { timeout: 10_000 },
  );

const started = (longPages = Number.MAX_SAFE_INTEGER): Checkpointer => {
  checkpointer = new Checkpointer(file, longPages, HOUR_MS);
  return checkpointer;
};

/** Until a copy has been answered another is not begun: commits go on asking. */
const askUntil = (copier: Checkpointer, isSo: () => boolean): Promise<unknown> =>
  vi.waitUntil(
    () => {
      copier.wrote(1);
      return isSo();
    },
    { timeout: 10_000 },
  );

describe('the thread that copies the log back', () => {
  it('F-0301 does it after many rows, before its turn, and again after as many', async () => {
    const copier = started();
    for (let time = 1; time <= 2; time++) {
      const before = size();
      write(ROWS);
      copier.wrote(ROWS - 1);
      await askUntil(copier, () => size() > before);
      await checkpointed();
    }
  });

  it('leaves few rows to its turn', async () => {
    const before = size();
    const copier = started();
    write(ROWS);
    copier.wrote(ROWS - 1);
    await copier.close();
    expect(size()).toBe(before);
  });

  it('says when a long log has but little left to copy, and copies nothing until the end was taken', async () => {
    const copier = started(10);
    write(ROWS);
    copier.wrote(ROWS);
    await vi.waitUntil(() => copier.isAlmostDone, { timeout: 10_000 });
    const told = vi.spyOn(Worker.prototype, 'postMessage');
    copier.wrote(ROWS);
    expect(told).not.toHaveBeenCalled();
    copier.takeEnd();
    await askUntil(copier, () => told.mock.calls.length === 1);
    expect(copier.isAlmostDone).toBe(false);
  });

  it('closes also when its thread has ended before', async () => {
    const copier = started();
    const { worker } = copier as unknown as { worker: Worker };
    worker.postMessage('close');
    await once(worker, 'exit');
    await copier.close();
  });
});
