import {
  HIGHEST_POSITION,
  placeJournal,
  SEQUENCER_PAGE,
  type SqlReader,
  UNSEQUENCED_JOURNAL,
  type UnitOfWork,
} from '@libs/database';

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
      if (placed < SEQUENCER_PAGE) return total;
    }
  }

  private placePage(): Promise<number> {
    return this.work.upkeep(async (tx) => {
      // One sequencer at a time across all processes: the row of its cursor is its lock.
      await tx.all("SELECT position FROM event_cursor WHERE consumer = 'sequencer' FOR UPDATE", []);
      const rows = await this.reader.all<{ id: number | string }>(UNSEQUENCED_JOURNAL, []);
      if (rows.length === 0) return 0;
      const [last] = await tx.all<{ highest: number | string }>(HIGHEST_POSITION, []);
      const first = Number(last?.highest ?? 0) + 1;
      await tx.run(placeJournal(rows.length), [
        ...rows.flatMap((row, index) => [row.id, first + index]),
        ...rows.map((row) => row.id),
      ]);
      return rows.length;
    });
  }
}
