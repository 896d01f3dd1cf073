import { setTimeout as pause } from 'node:timers/promises';
import {
  CONSUMER_PAGE,
  forUpdate,
  HIGHEST_ID,
  HIGHEST_POSITION,
  journalDigest,
  journalPage,
  type SqlReader,
  type Tx,
  type UnitOfWork,
  type Upsert,
  upsert,
} from '@libs/database';
import type { JournalTail, TailRow } from './journal-tail.js';
import type { Sequencer } from './sequencer.js';

/** A journal row as a consumer sees it. */
export interface JournalRow {
  readonly id: number;
  readonly position: number;
  readonly tenantId: string;
  readonly kind: string;
  readonly subjectId: string | null;
  readonly resource: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
  readonly at: number;
}

interface JournalReader {
  readonly name: string;
  readonly kinds: readonly string[];
  /** How long it gathers after a wake-up, ms; default 100. */
  readonly gatherMs?: number;
}

/**
 * Reacts to journal rows. `handle` gets a page in order; its changes and the cursor are one transaction, so an event
 * takes effect once however often the process dies. A projection (`newestOnly`) may get a row again instead.
 */
export interface JournalConsumer extends JournalReader {
  /** True for a projection that needs only the newest row of each resource: however many rows, one is handled. */
  readonly newestOnly?: boolean;
  handle(tx: Tx, rows: readonly JournalRow[]): Promise<void>;
}

/**
 * Does work of its own about journal rows: write sets with their own entries, which cannot be part of the cursor's
 * transaction. The cursor moves when all is done, so a row comes again after a failure or a crash, and may come twice.
 */
export interface JournalFollower extends JournalReader {
  follow(rows: readonly JournalRow[]): Promise<void>;
}

/**
 * Hears of the rows in this process, from the moment it was added: its place is in memory, so every process hears each
 * row. What it needs of earlier rows it reads where they left their effect.
 */
export interface JournalListener extends JournalReader {
  hear(rows: readonly JournalRow[]): void;
}

/** Positions that one page looks at: bounds the time of its transaction. */
const WINDOW = 50_000;
/** Rows of one slice of a projection, and the pause after it. */
const SLICE = 10;
/** Positions that one read of a projection looks at: about a millisecond when each is of another conversation. */
const READ_WINDOW = 100;
const SLICE_PAUSE_MS = 5;
/** How often a consumer looks without being woken, and how seldom it may be woken (it gathers what came meanwhile). */
const IDLE_MS = 1000;
const GATHER_MS = 100;

const CURSOR = 'SELECT position FROM event_cursor WHERE consumer = ?';
const NEW_CURSOR: Upsert = {
  ...{ table: 'event_cursor', columns: ['consumer', 'position'] },
  ...{ keys: ['consumer'], update: [] },
};

type AnyConsumer = JournalConsumer | JournalFollower | JournalListener;

interface Loop {
  timer?: NodeJS.Timeout;
  busy?: Promise<void>;
  due: number;
  /** How far a listener has heard. */
  heard?: number;
  /** Positions between the place of the consumer and the end of the journal, when it looked last. */
  lag: number;
  failures: number;
}

interface RawRow {
  readonly id: number | string;
  readonly position: number | string;
  readonly tenant_id: string;
  readonly kind: string;
  readonly subject_id: string | null;
  readonly resource: string;
  readonly detail: string | null;
  readonly at: number | string;
}

/** Runs the consumers of a process: each has its own cursor and its own pace. */
export class ConsumerRunner {
  private readonly loops = new Map<AnyConsumer, Loop>();
  private stopped = false;

  constructor(
    private readonly reader: SqlReader,
    private readonly work: UnitOfWork,
    private readonly sequencer: Sequencer,
    private readonly onError: (consumer: string, error: unknown) => void,
    private readonly tail?: JournalTail,
  ) {}

  /** Starts `consumer` from where it was. */
  add(consumer: AnyConsumer): void {
    this.loops.set(consumer, { due: 0, lag: 0, failures: 0 });
    this.arm(consumer, 0);
  }

  /** Something was committed: look soon. */
  wake(): void {
    for (const consumer of this.loops.keys()) this.arm(consumer, consumer.gatherMs ?? GATHER_MS);
  }

  /** How far behind each consumer was when it looked last, and how often it failed. */
  get progress(): readonly { readonly name: string; readonly lag: number; readonly failures: number }[] {
    return [...this.loops].map(([{ name }, { lag, failures }]) => ({ name, lag, failures }));
  }

  /** Handles everything that is there now; used by tests and at shutdown. */
  async settle(): Promise<void> {
    for (const consumer of this.loops.keys()) {
      const loop = this.loops.get(consumer);
      await loop?.busy;
      await this.catchUp(consumer);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const loop of this.loops.values()) clearTimeout(loop.timer);
    await Promise.all([...this.loops.values()].map((loop) => loop.busy));
  }

  private arm(consumer: AnyConsumer, delay: number): void {
    const loop = this.loops.get(consumer);
    if (!loop || this.stopped) return;
    const due = Date.now() + delay;
    if (loop.timer !== undefined && loop.due <= due) return;
    clearTimeout(loop.timer);
    loop.due = due;
    loop.timer = setTimeout(() => {
      delete loop.timer;
      loop.busy = this.turn(consumer).finally(() => this.arm(consumer, IDLE_MS));
    }, delay);
    loop.timer.unref();
  }

  private async turn(consumer: AnyConsumer): Promise<void> {
    try {
      await this.catchUp(consumer);
    } catch (error) {
      this.loops.get(consumer)!.failures += 1;
      this.onError(consumer.name, error);
    }
  }

  private async catchUp(consumer: AnyConsumer): Promise<void> {
    await this.sequencer.run();
    while (!this.stopped && (await this.page(consumer)));
  }

  /** One page up to the present end of the journal; true when more may be waiting. */
  private async page(consumer: AnyConsumer): Promise<boolean> {
    const end = await this.end();
    const loop = this.loops.get(consumer)!;
    const from = 'hear' in consumer ? (loop.heard ?? end) : await this.cursor(this.reader, consumer.name);
    loop.lag = Math.max(0, end - from);
    if ('hear' in consumer) return this.hearPage(consumer, loop, from, end);
    if (from >= end) return false;
    if ('follow' in consumer) return this.followPage(consumer, from, end);
    return consumer.newestOnly ? this.digestPage(consumer, from, end) : this.eventPage(consumer, end);
  }

  /** Each event once: rows, their effects and the cursor in one transaction. */
  private eventPage(consumer: JournalConsumer, end: number): Promise<boolean> {
    const tenants = new Set<string>();
    return this.work.upkeep(async (tx) => {
      const from = await this.lockedCursor(tx, consumer.name);
      const upTo = Math.min(end, from + WINDOW);
      const rows = await this.read(tx, consumer, from, upTo);
      for (const row of rows) tenants.add(row.tenantId);
      if (rows.length > 0) await consumer.handle(tx, rows);
      const to = lastOf(rows, upTo);
      await this.advance(tx, consumer, to);
      return to < end;
    }, tenants);
  }

  /** Rows as they come; the first look only finds the end. */
  private async hearPage(listener: JournalListener, loop: Loop, from: number, end: number): Promise<boolean> {
    loop.heard = from;
    if (from >= end) return false;
    const upTo = Math.min(end, from + WINDOW);
    const rows = await this.read(this.reader, listener, from, upTo);
    if (rows.length > 0) listener.hear(rows);
    loop.heard = lastOf(rows, upTo);
    return loop.heard < end;
  }

  /** The work first, in transactions of its own, then the cursor. */
  private async followPage(consumer: JournalFollower, from: number, end: number): Promise<boolean> {
    const upTo = Math.min(end, from + WINDOW);
    const rows = await this.read(this.reader, consumer, from, upTo);
    if (rows.length > 0) await consumer.follow(rows);
    const to = lastOf(rows, upTo);
    await this.moveTo(consumer, to);
    return to < end;
  }

  /**
   * A projection may see a row again, so it reads and writes in small slices with pauses and moves its cursor last: 500
   * busy conversations must not hold up a message for the time of 500 updates (docs/performance.md).
   */
  private async digestPage(consumer: JournalConsumer, from: number, end: number): Promise<boolean> {
    const upTo = Math.min(end, from + WINDOW);
    const rows = await this.digest(consumer, from, upTo);
    for (let at = 0; at < rows.length; at += SLICE) {
      const slice = rows.slice(at, at + SLICE);
      await this.work.upkeep((tx) => consumer.handle(tx, slice), new Set(slice.map((row) => row.tenantId)));
      await pause(SLICE_PAUSE_MS);
    }
    await this.moveTo(consumer, upTo);
    return upTo < end;
  }

  /** The newest row of each resource between two positions, read a little at a time. */
  private async digest(consumer: JournalConsumer, from: number, upTo: number): Promise<JournalRow[]> {
    const newest = new Map<string, Map<string, JournalRow | TailRow>>();
    for (let at = from; at < upTo; at += READ_WINDOW) {
      const to = Math.min(upTo, at + READ_WINDOW);
      // What is in memory is taken as it lies: of a busy conversation's rows all but one are looked at for nothing else.
      const rows = this.recent(consumer, at, to) ?? (await this.stored(this.reader, consumer, at, to));
      for (const row of rows) {
        const known = newest.get(row.tenantId);
        if (known) known.set(row.resource, row);
        else newest.set(row.tenantId, new Map([[row.resource, row]]));
      }
      await pause(SLICE_PAUSE_MS);
    }
    const rows = [...newest.values()].flatMap((ofTenant) => [...ofTenant.values()]);
    return rows.map((row) => ('position' in row ? row : fromTail(row)));
  }

  private moveTo(consumer: AnyConsumer, to: number): Promise<void> {
    return this.work.upkeep(async (tx) => {
      await this.lockedCursor(tx, consumer.name);
      await this.advance(tx, consumer, to);
    });
  }

  private async advance(tx: Tx, { name }: AnyConsumer, to: number): Promise<void> {
    await tx.run('UPDATE event_cursor SET position = ? WHERE consumer = ? AND position < ?', [to, name, to]);
  }

  /** The rows as this process remembers them. */
  private recent({ kinds }: AnyConsumer, after: number, upTo: number): readonly TailRow[] | undefined {
    return this.tail?.between(after, upTo)?.filter(({ kind }) => kinds.includes(kind));
  }

  private async end(): Promise<number> {
    const remembered = this.tail?.end;
    if (remembered !== undefined) return remembered;
    const sql = this.reader.dialect === 'sqlite' ? HIGHEST_ID : HIGHEST_POSITION;
    const [row] = await this.reader.all<{ highest: number | string }>(sql, []);
    return Number(row?.highest ?? 0);
  }

  private async cursor(reader: SqlReader, name: string): Promise<number> {
    const [row] = await reader.all<{ position: number | string }>(CURSOR, [name]);
    return Number(row?.position ?? 0);
  }

  /** The cursor until the commit. Processes that begin at the same moment all make it: the first row stays. */
  private async lockedCursor(tx: Tx, name: string): Promise<number> {
    const read = () => tx.all<{ position: number | string }>(CURSOR + forUpdate(tx), [name]);
    let [row] = await read();
    if (!row) {
      await upsert(tx, NEW_CURSOR, [name, 0]);
      [row] = await read();
    }
    return Number(row!.position);
  }

  private async read(reader: SqlReader, consumer: AnyConsumer, after: number, upTo: number): Promise<JournalRow[]> {
    const recent = this.recent(consumer, after, upTo);
    return recent ? recent.slice(0, CONSUMER_PAGE).map(fromTail) : this.stored(reader, consumer, after, upTo);
  }

  private async stored(reader: SqlReader, consumer: AnyConsumer, after: number, upTo: number): Promise<JournalRow[]> {
    const { kinds } = consumer;
    const newestOnly = 'newestOnly' in consumer && consumer.newestOnly;
    const sql = (newestOnly ? journalDigest : journalPage)(reader.dialect, kinds.length);
    const rows = await reader.all<RawRow>(sql, [after, upTo, ...kinds]);
    return rows.map((row) => ({
      id: Number(row.id),
      position: Number(row.position),
      tenantId: row.tenant_id,
      kind: row.kind,
      subjectId: row.subject_id,
      resource: row.resource,
      detail: row.detail ? JSON.parse(row.detail) : {},
      at: Number(row.at),
    }));
  }
}

function fromTail({ id, tenantId, kind, subjectId, resource, detail, at }: TailRow): JournalRow {
  const told = detail === null ? {} : JSON.parse(detail);
  return { id, position: id, tenantId, kind, subjectId, resource, detail: told, at };
}

/** How far a page goes: a full one may have left rows behind it. */
function lastOf(rows: readonly JournalRow[], upTo: number): number {
  return rows.length === CONSUMER_PAGE ? rows[rows.length - 1]!.position : upTo;
}
