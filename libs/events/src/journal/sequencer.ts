import { placeholders, type SqlReader, type UnitOfWork } from '@libs/database';

const PAGE = 1000;

/** Rows that have no place yet, in insertion order. A plain consistent read: it never waits for an open transaction. */
const UNSEQUENCED = `SELECT id FROM event_journal WHERE position IS NULL ORDER BY id LIMIT ${PAGE}`;
const HIGHEST = 'SELECT COALESCE(MAX(position), 0) AS highest FROM event_journal';

/**
 * Gives journal rows their position after the commit (MariaDB). Insertion ids are no order of commits: a transaction
 * that is still open holds a lower id than one that has committed, and a cursor over ids would pass it for ever. A row
 * becomes visible, then gets the next position, so no consumer can miss it. Events of one conversation keep their order
 * because its lock is held until the commit. On SQLite the insertion id is the position and nothing runs.
 */
export class Sequencer {
  private running: Promise<number> | undefined;

  constructor(
    private readonly reader: SqlReader,
    private readonly work: UnitOfWork,
  ) {}

  /** Places all visible rows; answers how many. Calls that overlap share one run. */
  run(): Promise<number> {
    if (this.reader.dialect === 'sqlite') return Promise.resolve(0);
    this.running ??= this.placeAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async placeAll(): Promise<number> {
    let total = 0;
    for (;;) {
      const placed = await this.placePage();
      total += placed;
      if (placed < PAGE) return total;
    }
  }

  private placePage(): Promise<number> {
    return this.work.upkeep(async (tx) => {
      // One sequencer at a time across all processes: the row of its cursor is its lock.
      await tx.all("SELECT position FROM event_cursor WHERE consumer = 'sequencer' FOR UPDATE", []);
      const rows = await this.reader.all<{ id: number | string }>(UNSEQUENCED, []);
      if (rows.length === 0) return 0;
      const [last] = await tx.all<{ highest: number | string }>(HIGHEST, []);
      const first = Number(last?.highest ?? 0) + 1;
      const cases = rows.map(() => 'WHEN ? THEN ?').join(' ');
      await tx.run(`UPDATE event_journal SET position = CASE id ${cases} END WHERE id IN (${placeholders(rows.length)})`, [
        ...rows.flatMap((row, index) => [row.id, first + index]),
        ...rows.map((row) => row.id),
      ]);
      return rows.length;
    });
  }
}
