import type { DirtyCursor } from './cursor.repository.js';

const FLUSH_MS = 1_000;
/** A database that is away for longer than this many flushes has worse to make up for. */
const MOST_TRIES = 60;

/** Keeps how far participants have come: at most once a second, and again where it could not be written. */
export class CursorKeeper {
  private readonly dirty = new Map<string, DirtyCursor>();
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly write: (cursors: readonly DirtyCursor[]) => Promise<unknown>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The further one counts, whichever comes first. */
  keep(cursor: DirtyCursor): void {
    this.add(cursor);
    this.later();
  }

  /** Writes what is left; throws if it cannot. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flush();
  }

  private add(cursor: DirtyCursor): void {
    const key = `${cursor.conversationId} ${cursor.participant}`;
    const other = this.dirty.get(key);
    this.dirty.set(key, {
      ...cursor,
      delivered: Math.max(cursor.delivered, cursor.read, other?.delivered ?? 0),
      read: Math.max(cursor.read, other?.read ?? 0),
    });
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush().catch((error: unknown) => this.again(error));
    }, FLUSH_MS);
  }

  private again(error: unknown): void {
    this.onError(error);
    if (this.dirty.size > 0 && !this.closed) this.later();
  }

  private async flush(): Promise<void> {
    if (this.dirty.size === 0) return;
    const cursors = [...this.dirty.values()];
    this.dirty.clear();
    try {
      await this.write(cursors);
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (this.failures < MOST_TRIES) for (const cursor of cursors) this.add(cursor);
      else this.failures = 0;
      throw error;
    }
  }
}
