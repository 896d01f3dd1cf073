import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { OperationalError } from '@libs/kernel';
import type { SqlValue } from '../sql.js';

/** A changing statement and the parameters of each time it runs. */
export interface GatheredWrite {
  readonly sql: string;
  readonly runs: readonly (readonly SqlValue[])[];
  /** Memory of parameters that nobody else has: it changes hands instead of being copied twice. */
  readonly memory?: readonly ArrayBuffer[];
}

interface Answer {
  readonly id: number;
  readonly failure?: { readonly message: string; readonly code: string | undefined };
}

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The thread's program as text, as that of the checkpointer: it must run from the sources and from the bundle alike, and
 * it needs nothing of ours.
 */
const PROGRAM = `
const { createRequire } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
const Database = createRequire(workerData.from)('libsql');
const connection = new Database(workerData.file);
for (const pragma of workerData.pragmas) connection.pragma(pragma);
for (const [name, wanted] of Object.entries(workerData.settings)) {
  const [row] = connection.prepare('PRAGMA ' + name).all([]);
  if (row[name] !== wanted) throw new Error('SQLite setting ' + name + ' is ' + row[name] + ', must be ' + wanted);
}
const statements = new Map();
const prepared = (sql) => {
  let statement = statements.get(sql);
  if (!statement) {
    if (statements.size >= workerData.mostStatements) statements.delete(statements.keys().next().value);
    statement = connection.prepare(sql);
    statements.set(sql, statement);
  }
  return statement;
};
const bindable = (value) =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
const write = (writes) => {
  prepared('BEGIN IMMEDIATE').run([]);
  try {
    for (const { sql, runs } of writes) {
      const statement = prepared(sql);
      for (const run of runs) statement.run(run.map(bindable));
    }
    prepared('COMMIT').run([]);
  } catch (error) {
    if (connection.inTransaction) prepared('ROLLBACK').run([]);
    throw error;
  }
};
const commit = ({ id, writes }) => {
  try {
    write(writes);
    parentPort.postMessage({ id });
  } catch (error) {
    parentPort.postMessage({ id, failure: { message: error.message, code: error.code } });
  }
};
const copyBack = () => {
  try {
    prepared('PRAGMA wal_checkpoint(PASSIVE)').all([]);
  } catch {
    // The log goes on growing, and the next time is soon.
  }
};
const close = () => {
  connection.close();
  parentPort.close();
};
const orders = { commit, copyBack, close };
parentPort.on('message', (order) => orders[order.kind](order));
`;

export interface WriterThreadOptions {
  readonly file: string;
  /** What its connection is told. */
  readonly pragmas: readonly string[];
  /** What its connection must have then: otherwise the thread ends before it has written anything. */
  readonly settings: Readonly<Record<string, number | string>>;
  readonly mostStatements: number;
}

/**
 * Commits transactions that only add rows on a thread of its own: the sync of the log, and cutting up the rows, hold up
 * no socket (docs/performance.md). The caller has the writer's lock, so no other transaction is open meanwhile.
 */
export class WriterThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private ended: Promise<void> = Promise.resolve();
  private last = 0;
  private failed: unknown;

  constructor(private readonly options: WriterThreadOptions) {}

  /** False once the thread is lost: the caller writes on its own connection. */
  get isAlive(): boolean {
    return this.failed === undefined;
  }

  /**
   * One transaction: resolves after the commit, rejects with the driver's error when nothing of it was written. The
   * memory that goes with the writes is the thread's from then on.
   */
  commit(writes: readonly GatheredWrite[]): Promise<void> {
    if (!this.isAlive)
      return Promise.reject(new OperationalError('database.write-failed', 'The writing thread is gone'));
    this.worker ??= this.start();
    const { worker } = this;
    this.last += 1;
    const id = this.last;
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) worker.ref();
      this.waiting.set(id, { resolve, reject });
      const moved = writes.flatMap(({ memory = [] }) => memory);
      worker.postMessage({ kind: 'commit', id, writes: writes.map(({ sql, runs }) => ({ sql, runs })) }, moved);
    });
  }

  /** Copies the log back before the transaction that comes next. */
  copyBack(): void {
    this.worker ??= this.start();
    this.worker.postMessage({ kind: 'copyBack' });
  }

  /** Resolves when the thread has let go of the file. */
  close(): Promise<void> {
    this.worker?.ref();
    this.worker?.postMessage({ kind: 'close' });
    return this.ended;
  }

  /** With the first transaction: a database that is only read from needs none. */
  private start(): Worker {
    const from = createRequire(import.meta.url).resolve('libsql');
    const worker = new Worker(PROGRAM, { eval: true, workerData: { ...this.options, from } });
    worker.unref();
    worker.on('message', (answer: Answer) => this.answered(answer));
    worker.on('error', (error) => this.lost(error));
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.lost(new Error('The writing thread has ended'));
        resolve();
      });
    });
    return worker;
  }

  private answered({ id, failure }: Answer): void {
    const waiting = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.worker!.unref();
    if (failure === undefined) waiting.resolve();
    else waiting.reject(Object.assign(new Error(failure.message), { code: failure.code }));
  }

  /** What it was given may be written or not: nobody may try that again. */
  private lost(cause: unknown): void {
    this.failed ??= cause;
    const message = 'The thread that writes ended in the middle of a transaction';
    for (const { reject } of this.waiting.values())
      reject(new OperationalError('database.outcome-unknown', message, { cause }));
    this.waiting.clear();
  }
}
