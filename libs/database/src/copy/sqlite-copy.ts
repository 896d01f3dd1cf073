import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { OperationalError } from '@libs/kernel';
import { type CopyAnswers, type CopyOptions, diskError } from './table-place.js';

const PRIVATE_FILE = 0o600;
const LOOK_MS = 1000;

/**
 * The thread's program as text: it must run from the sources and from the bundle alike. VACUUM INTO reads one snapshot,
 * waits for no writer and holds up none; what was deleted does not travel, because free pages are left out.
 */
const PROGRAM = `
const { createRequire } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
const Database = createRequire(workerData.from)('libsql');
const answer = (message) => parentPort.postMessage(message);
const reading = (file, work) => {
  const connection = new Database(file);
  try {
    connection.pragma('busy_timeout = 10000');
    return work(connection);
  } finally {
    connection.close();
  }
};
try {
  reading(workerData.file, (source) => source.prepare('VACUUM INTO ?').run([workerData.target]));
  const found = reading(workerData.target, (copy) => ({
    whole: copy.prepare('PRAGMA integrity_check').all([])[0].integrity_check === 'ok',
    answers: workerData.ask.map((sql) => copy.prepare(sql).all([])),
  }));
  answer(found);
} catch (error) {
  answer({ failed: { code: error.code, message: error.message } });
}
`;

type Answer =
  | { readonly whole: boolean; readonly answers: CopyAnswers }
  | { readonly failed: { readonly code?: string; readonly message: string } };

/** Copies a SQLite database as it is at one moment, also while another process writes to it, and reads the copy back. */
export async function copySqlite(file: string, target: string, options: CopyOptions): Promise<CopyAnswers> {
  if (!existsSync(file)) throw new OperationalError('database.copy-nothing', `There is no database at ${file}.`);
  const looking = setInterval(() => {
    options.onProgress({ done: sizeOf(target), of: sizeOf(file) });
  }, LOOK_MS);
  try {
    // Private before anything is in it.
    await (await open(target, 'wx', PRIVATE_FILE)).close();
    const answer = await inThread({ file, target, ask: options.ask });
    if ('failed' in answer) throw Object.assign(new Error(answer.failed.message), { code: answer.failed.code });
    if (!answer.whole) throw new OperationalError('database.copy-damaged', `The copy of ${file} is damaged.`);
    const written = await open(target, 'r+');
    await written.sync().finally(() => written.close());
    return answer.answers;
  } catch (error) {
    throw diskError(error);
  } finally {
    clearInterval(looking);
  }
}

function inThread(task: { file: string; target: string; ask: readonly string[] }): Promise<Answer> {
  const from = createRequire(import.meta.url).resolve('libsql');
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, { eval: true, workerData: { ...task, from } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread ended without an answer.')));
  });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
