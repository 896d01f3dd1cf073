import { OperationalError, within } from '@libs/kernel';
import type { Pool } from 'mysql2/promise';

/** Longest wait for one answer of a server that is asked to write; a wait for a lock ends before it, with its own error. */
const ANSWER_MS = 8_000;
/** A transaction is given up without waiting longer than this for its end. */
const ROLLBACK_MS = 2_000;
/** How often is asked whether a thread that owes an answer is still there. */
const LOOK_MS = 2_000;

/** A connection that owes an answer. */
export interface Owing {
  readonly threadId: number;
  destroy(): void;
}

/** Which of these threads of the server are at work on a statement. */
export type AtWork = (threadIds: readonly number[]) => Promise<ReadonlySet<number>>;

/** Nothing was stored: what has no answer is never committed. */
const stalled = (): OperationalError =>
  new OperationalError('database.stalled', 'The database does not answer writes; perhaps its disk is full');

/** The commit was asked for, and nobody knows whether it was done. */
export const outcomeUnknown = (cause?: unknown): OperationalError =>
  new OperationalError(
    'database.outcome-unknown',
    'The database did not say whether this is stored; look before you do it again',
    { cause },
  );

/**
 * Deadline for the answers of a MariaDB to whoever writes. A server whose disk is full waits for room by itself, and its
 * clients with it, for hours. Here the first to wait is refused after a few seconds, and everybody else at once as long as
 * an answer is owed: that statement is the probe. When it is answered, writes go on. Its connection takes part in nothing
 * again, so an answer that came too late changes nothing but what a commit may have stored; and a stalled server gets no
 * more connections than the pool has.
 */
export class Answers {
  private readonly owing = new Set<Owing>();
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(
    private readonly atWork: AtWork,
    private readonly answerMs = ANSWER_MS,
  ) {}

  /** 503 `database.stalled` while the server owes an answer. */
  assert(): void {
    if (this.owing.size > 0) throw stalled();
  }

  /** The same for a place in the pool: refused when the server turns out to be stalled meanwhile. */
  async connection<T extends Owing & { release(): void }>(asked: Promise<T>): Promise<T> {
    this.assert();
    return new Promise<T>((resolve, reject) => {
      const refuse = (): void => {
        this.waiting.delete(refuse);
        clearTimeout(timer);
        asked.then(
          (late) => late.release(),
          () => undefined,
        );
        reject(stalled());
      };
      const timer = setTimeout(refuse, this.answerMs);
      this.waiting.add(refuse);
      asked.then(
        (connection) => {
          clearTimeout(timer);
          if (this.waiting.delete(refuse)) resolve(connection);
        },
        (error: unknown) => {
          clearTimeout(timer);
          if (this.waiting.delete(refuse)) reject(error);
        },
      );
    });
  }

  /** Answer of a statement, or `refusal` when it does not come in time; the connection is then nobody's. */
  of<T>(connection: Owing, asked: Promise<T>, refusal: () => Error = stalled): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.owe(connection);
        reject(refusal());
      }, this.answerMs);
      asked
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          if (this.owing.has(connection)) this.forget(connection);
        })
        .catch(() => undefined);
    });
  }

  /** True for a connection that no statement may use any more. */
  owes(connection: Owing): boolean {
    return this.owing.has(connection);
  }

  /** Waits for the end of a transaction that is given up, but not for long: the connection ends it as well. */
  async rollback(connection: Owing & { release(): void }, ask: () => Promise<unknown>): Promise<void> {
    if (this.owes(connection)) return;
    const done = ask().then(
      () => true,
      () => false,
    );
    if (await within(ROLLBACK_MS, done, () => false)) connection.release();
    else connection.destroy();
  }

  /** Ends the look; whoever waits for a connection is refused. */
  close(): void {
    clearInterval(this.timer);
    for (const connection of this.owing) connection.destroy();
    this.owing.clear();
  }

  private owe(connection: Owing): void {
    this.owing.add(connection);
    for (const refuse of [...this.waiting]) refuse();
    this.timer ??= setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  private forget(connection: Owing): void {
    this.owing.delete(connection);
    connection.destroy();
    if (this.owing.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** An answer may be lost with the line that it would have come by: a thread that has ended owes nothing. */
  private async look(): Promise<void> {
    if (this.looking || this.owing.size === 0) return;
    this.looking = true;
    try {
      const asked = [...this.owing];
      const found = await this.atWork(asked.map(({ threadId }) => threadId));
      for (const one of asked) if (!found.has(one.threadId) && this.owing.has(one)) this.forget(one);
    } catch {
      // Reads do not come through either: nothing is known, and nothing changes.
    } finally {
      this.looking = false;
    }
  }
}

/** Threads of this login that the server lists as busy with a statement. */
export function threadsAtWork(readers: Pool): AtWork {
  return async (threadIds) => {
    const [rows] = await readers.query(
      "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE ID IN (?) AND COMMAND <> 'Sleep'",
      [threadIds],
    );
    return new Set((rows as { id: string | number }[]).map(({ id }) => Number(id)));
  };
}
