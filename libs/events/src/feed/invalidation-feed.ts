import { type Database, nowIn, RECENT_INVALIDATIONS, type Tx } from '@libs/database';
import { OperationalError } from '@libs/kernel';

/** What can be dropped from caches, or is no longer as sockets were told; each kind names the id it carries. */
export type InvalidationKind =
  /** A session that ended, or a member all of whose sessions ended or owe something else now. */
  | 'session'
  /** A member whose role, state or second factor changed. */
  | 'role'
  /** A member whose names changed. */
  | 'name'
  /** A team whose members are others now. */
  | 'team'
  /** A member who came, went or takes work otherwise. */
  | 'availability'
  /** The tenant: to whom and when its conversations are given, and how many somebody takes. */
  | 'routing'
  /** Business hours. */
  | 'hours'
  /** The tenant: one of its settings. */
  | 'setting'
  /** The version of the tenant's instructions. */
  | 'register'
  /** A person who decided, was asked or was linked. */
  | 'consent'
  /** A person whose keys were destroyed. */
  | 'key'
  /** A person whose visitor tokens ended. */
  | 'token'
  /** An inbox that changed in any way: who may embed it, what it says, whether it is in use. */
  | 'origin'
  /** The member or the tenant whose canned responses changed. */
  | 'canned'
  /** A member whom a note names, or who has read that. */
  | 'mention';

/** One thing that every process must forget: `ref` is the id that its kind carries. */
export interface Invalidation {
  readonly kind: InvalidationKind;
  readonly tenantId: string;
  readonly ref: string;
}

/** A row as it is read: caches are dropped each time, what cannot be repeated (closing sockets) only the first time. */
export interface FeedRow extends Invalidation {
  /** This process has read the row before. */
  readonly again: boolean;
}

/** What the feed reads by; where many share connections, one that is nobody else's, or they decide when it reads. */
export type FeedSource = Pick<Database, 'databaseNow' | 'reader'>;

/** Rows are read again for this long: a transaction may become visible late, but none lives longer than 10 s. */
const OVERLAP_MS = 60_000;
const EVERY_MS = 1000;
/** Older than this and the process refuses to read personal data. */
export const FEED_LIMIT_MS = 5000;

const announcing = new WeakSet<Tx>();

/**
 * Announces an invalidation in the transaction that causes it. The time is the database's own: who reads looks back a
 * minute by that clock, so a row with the time of a process whose clock is slow would never be seen.
 */
export async function announce(tx: Tx, { kind, tenantId, ref }: Invalidation): Promise<void> {
  announcing.add(tx);
  await tx.run(`INSERT INTO event_invalidation (tenant_id, kind, ref, at) VALUES (?, ?, ?, ${nowIn(tx)})`, [
    ...[tenantId, kind, ref],
  ]);
}

/** True when something was announced in this transaction. */
export function hasAnnounced(tx: Tx): boolean {
  return announcing.has(tx);
}

interface RawRow {
  readonly id: number | string;
  readonly tenant_id: string;
  readonly kind: InvalidationKind;
  readonly ref: string;
}

/**
 * The one mechanism behind every "takes effect within 5 s" (design 1): all rows of the minute before the last complete
 * read, by the database's clock, are read each second and applied again; effects are idempotent. A process that was
 * halted, or cut off from its database, so hears of all that was announced meanwhile, however long that took. Age counts
 * from the start of the last complete read, measured by a clock that no one can set back.
 */
export class InvalidationFeed {
  private readonly listeners: ((row: FeedRow) => void)[] = [];
  private seen = new Set<number>();
  private lastStart = Number.NEGATIVE_INFINITY;
  /** Time of the database when the last complete read began; all that was visible then is known. */
  private knownUpTo: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;
  private stale = false;
  private next: Promise<void> | undefined;
  private readonly staleListeners: (() => void)[] = [];

  constructor(
    private readonly source: FeedSource,
    private readonly monotonicNow: () => number = () => performance.now(),
  ) {}

  /** `listener` forgets what it caches about `row`. Must be quick and may be called many times for one row. */
  onRow(listener: (row: FeedRow) => void): void {
    this.listeners.push(listener);
  }

  /** Called once each time the feed becomes too old: sockets are closed. */
  onStale(listener: () => void): void {
    this.staleListeners.push(listener);
  }

  async start(): Promise<void> {
    await this.poll();
    this.timer = setInterval(() => void this.tick(), EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /**
   * Reads what was announced before this call; used by the process that announced. A read that is under way may have
   * begun too early, so one more follows it.
   */
  poll(): Promise<void> {
    if (!this.reading) return this.begin();
    this.next ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.begin();
      });
    return this.next;
  }

  /** Another process announced something. */
  wake(): void {
    // The age tells of failures.
    this.poll().catch(() => undefined);
  }

  /** How long ago the last complete read began, ms. */
  get ageMs(): number {
    return this.monotonicNow() - this.lastStart;
  }

  /** True while personal data may be read. */
  get fresh(): boolean {
    return this.ageMs <= FEED_LIMIT_MS;
  }

  /** Throws 503 when the feed is too old to know what was withdrawn. */
  assertFresh(): void {
    if (!this.fresh)
      throw new OperationalError('event.feed-stale', 'This process does not know what was withdrawn lately');
  }

  private async tick(): Promise<void> {
    try {
      await this.begin();
    } catch {
      // The age tells; a single failed read is not yet an event.
    }
    if (this.fresh) this.stale = false;
    else if (!this.stale) {
      this.stale = true;
      for (const listener of this.staleListeners) listener();
    }
  }

  private begin(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async read(): Promise<void> {
    const start = this.monotonicNow();
    const now = await this.source.databaseNow();
    // A clock that was set back counts from there.
    const since = Math.min(now, this.knownUpTo ?? now) - OVERLAP_MS;
    const rows = await this.source.reader.all<RawRow>(RECENT_INVALIDATIONS, [since]);
    const seen = new Set<number>();
    for (const { id, tenant_id: tenantId, kind, ref } of rows) {
      seen.add(Number(id));
      const row = { kind, tenantId, ref, again: this.seen.has(Number(id)) };
      for (const listener of this.listeners) listener(row);
    }
    this.seen = seen;
    this.knownUpTo = now;
    this.lastStart = start;
  }
}
