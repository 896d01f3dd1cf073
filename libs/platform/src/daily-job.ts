import type { SqlReader } from '@libs/database';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import type { UpkeepJob } from './key-upkeep.js';

const DAY_MS = 24 * 3_600_000;

/** What the work of a day works with. */
export interface DailyJobParts {
  readonly reader: SqlReader;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Work for each tenant once a calendar day in UTC. The upkeep asks each hour, so what failed is tried again within the
 * hour; a failure of one tenant holds up no other.
 */
export abstract class DailyJob implements UpkeepJob {
  private doneOn: number | undefined;

  constructor(protected readonly parts: DailyJobParts) {}

  async run(): Promise<void> {
    const day = Math.floor(this.parts.clock.now() / DAY_MS);
    if (day === this.doneOn) return;
    // The list of tenants belongs to no tenant, so this read is none across them. Ended ones keep records for a while.
    const tenants = await this.parts.reader.all<{ id: string }>('SELECT id FROM tenant_tenant ORDER BY id', []);
    let clean = true;
    for (const { id } of tenants) {
      await this.runFor(id).catch((error: unknown) => {
        clean = false;
        this.failed(id, error);
      });
    }
    if (clean) this.doneOn = day;
  }

  protected abstract runFor(tenantId: string): Promise<void>;

  protected abstract failed(tenantId: string, error: unknown): void;
}
