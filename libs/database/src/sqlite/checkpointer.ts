import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The log is copied back at the latest after this time, ms: it syncs the disk twice, and a commit may wait for that. */
const EVERY_MS = 2000;
/**
 * Changed rows after which it is copied back at once; at half of the greatest rate that is four times a second. What two
 * busy seconds leave keeps the disk, and whoever commits meanwhile, so long that one message in a hundred waits for it.
 */
const MANY_ROWS = 4_000;
/** Bytes of the log from which on the thread is worth its start; a shorter one is copied back when the database closes. */
const WORTH_A_THREAD = 4 * 1024 * 1024;
/** Rounds in a row when the log is to begin anew: each has only what was written during the one before. */
const ROUNDS = 3;

/**
 * The thread's program as text: it must run from the sources and from the bundle alike, and it needs nothing of ours. A
 * passive checkpoint never waits for the writer and never makes it wait.
 */
const PROGRAM = `
const { createRequire } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
const Database = createRequire(workerData.from)('libsql');
const connection = new Database(workerData.file);
connection.pragma('busy_timeout = 0');
connection.pragma('wal_autocheckpoint = 0');
const checkpoint = connection.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const copyBack = () => {
  for (let round = 1; round <= workerData.rounds; round++) {
    const { log } = checkpoint.all([])[0];
    if (log < workerData.longPages) return;
  }
  parentPort.postMessage('almost');
};
const tryToCopy = () => {
  try {
    copyBack();
  } catch {
    // Busy or closing: the next turn tries again, and the writer's own checkpoint is the last resort.
  }
};
const timer = setInterval(tryToCopy, workerData.everyMs);
const copy = () => {
  tryToCopy();
  parentPort.postMessage('copied');
};
const close = () => {
  clearInterval(timer);
  connection.close();
  parentPort.close();
};
const orders = { copy, close };
parentPort.on('message', (order) => orders[order]());
`;

/**
 * Copies the write-ahead log back into the database from a thread of its own. On the writer's thread a checkpoint of
 * 20,000 pages held up everybody for 18 ms, once a second under load (docs/performance.md). Under load the thread never
 * has all of the log; so when that is long it comes close and says so, and whoever commits next copies the last pages and
 * begins the log anew.
 */
export class Checkpointer {
  private worker: Worker | undefined;
  private ended: Promise<void> = Promise.resolve();
  /** Changed since the thread was told last. */
  private rows = 0;
  private copying = false;
  private almostDone = false;
  private readonly looking: NodeJS.Timeout;

  constructor(
    private readonly file: string,
    /** Pages at which the log is to begin anew. */
    private readonly longPages: number,
    private readonly everyMs = EVERY_MS,
  ) {
    // A prepared log is long from the beginning, so it has its thread from the beginning.
    this.look();
    this.looking = setInterval(() => this.look(), everyMs).unref();
  }

  /** True where the log is long and little of it is left to copy. */
  get isAlmostDone(): boolean {
    return this.almostDone;
  }

  /** The caller copies what is left. */
  takeEnd(): void {
    this.almostDone = false;
  }

  /** A transaction that changed so many rows is being committed. */
  wrote(rows: number): void {
    this.rows += rows;
    // Two copies at once: the second one is sent away, and that would be the one that begins the log anew.
    if (this.rows < MANY_ROWS || this.copying || this.almostDone || !this.worker) return;
    this.rows = 0;
    this.copying = true;
    this.worker.postMessage('copy');
  }

  /** Resolves when the thread has let go of the file. */
  close(): Promise<void> {
    clearInterval(this.looking);
    this.worker?.ref();
    this.worker?.postMessage('close');
    return this.ended;
  }

  private look(): void {
    const size = statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (size < WORTH_A_THREAD || this.worker) return;
    clearInterval(this.looking);
    this.worker = this.start();
  }

  private start(): Worker {
    const from = createRequire(import.meta.url).resolve('libsql');
    const { file, everyMs, longPages } = this;
    const workerData = { file, from, everyMs, rounds: ROUNDS, longPages };
    const worker = new Worker(PROGRAM, { eval: true, workerData });
    worker.unref();
    worker.on('message', (message: 'almost' | 'copied') => {
      if (message === 'almost') this.almostDone = true;
      else this.copying = false;
    });
    this.ended = new Promise((resolve) => worker.once('exit', () => resolve()));
    // Without the thread the writer's own checkpoints do the work: slower answers, nothing lost.
    worker.on('error', () => {});
    return worker;
  }
}
