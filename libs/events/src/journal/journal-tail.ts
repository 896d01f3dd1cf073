import { HIGHEST_ID, type SqlValue, type Tx } from '@libs/database';

/** Rows kept; at 7,000 messages a second a projection that gathers for a second has three times as much. */
export const TAIL_CAPACITY = 20_000;

/** A row of the journal as the tail keeps it: what consumers ask for, the detail still as text. */
export interface TailRow {
  readonly id: number;
  readonly tenantId: string;
  readonly kind: string;
  readonly subjectId: string | null;
  readonly resource: string;
  readonly detail: string | null;
  readonly at: number;
}

/**
 * The end of the journal in memory, for a process that is the only one to write it (SQLite): consumers need not read
 * again what was written a moment ago (docs/performance.md). It gives the rows their ids, so that it knows them.
 */
export class JournalTail {
  private readonly ring: TailRow[] = [];
  private next: number | undefined;
  /** Everything after this id up to the last is in the ring. */
  private since = 0;
  private last = 0;
  private appended = 0;

  /**
   * Called inside a transaction before the first id is taken. A row that no longer exists may have moved a cursor, so
   * ids go on from whichever is higher.
   */
  async begin(tx: Tx): Promise<void> {
    const [row] = await tx.all<{ highest: SqlValue }>(HIGHEST_ID, []);
    const [cursor] = await tx.all<{ highest: SqlValue }>(
      'SELECT COALESCE(MAX(position), 0) AS highest FROM event_cursor',
      [],
    );
    this.since = Math.max(Number(row!.highest), Number(cursor!.highest));
    this.last = this.since;
    this.next = this.since + 1;
  }

  get hasBegun(): boolean {
    return this.next !== undefined;
  }

  /** The first of `count` ids in a row. Those of a transaction that fails are not used again. */
  take(count: number): number {
    const first = this.next!;
    this.next = first + count;
    return first;
  }

  /**
   * What was committed, in the order of the commits. Ids that are missing belong to a transaction that failed, or whose
   * outcome nobody knows: what is older must be read from the database again.
   */
  append(rows: readonly TailRow[]): void {
    if (rows[0]!.id !== this.last + 1) {
      this.appended = 0;
      this.since = rows[0]!.id - 1;
    }
    for (const row of rows) {
      this.ring[this.appended % TAIL_CAPACITY] = row;
      this.appended += 1;
    }
    this.last = rows[rows.length - 1]!.id;
    if (this.appended > TAIL_CAPACITY) this.since = this.at(this.appended - TAIL_CAPACITY).id - 1;
  }

  /** The id of the newest committed row, once there was one. */
  get end(): number | undefined {
    return this.appended > 0 ? this.last : undefined;
  }

  /** Rows after one id up to another, oldest first; undefined where some of them are not here. Ids have no gaps. */
  between(after: number, upTo: number): readonly TailRow[] | undefined {
    if (this.appended === 0 || after < this.since || upTo > this.last) return undefined;
    const rows: TailRow[] = [];
    const newest = this.appended - 1;
    for (let id = after + 1; id <= upTo; id += 1) rows.push(this.at(newest - (this.last - id)));
    return rows;
  }

  private at(place: number): TailRow {
    return this.ring[place % TAIL_CAPACITY]!;
  }
}
