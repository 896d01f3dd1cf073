import type { NetworkLogRetention } from '@libs/audit';
import type { SqlReader } from '@libs/database';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import type { UpkeepJob } from './key-upkeep.js';

const DAY_MS = 24 * 3_600_000;

/** What the purge works with. */
export interface LogPurgeParts {
  readonly reader: SqlReader;
  readonly retention: Pick<NetworkLogRetention, 'dueMonths' | 'purgeMonth'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Purges the months of the network log whose floors have ended (P-0807): once a calendar day in UTC, as floors end at
 * its start. The upkeep asks each hour, so a purge that failed is tried again within the hour.
 */
export class LogPurgeJob implements UpkeepJob {
  private doneOn: number | undefined;

  constructor(private readonly parts: LogPurgeParts) {}

  async run(): Promise<void> {
    const day = Math.floor(this.parts.clock.now() / DAY_MS);
    if (day === this.doneOn) return;
    // The list of tenants belongs to no tenant, so this read is none across them. Ended ones keep logs for a while.
    const tenants = await this.parts.reader.all<{ id: string }>('SELECT id FROM tenant_tenant ORDER BY id', []);
    let clean = true;
    for (const { id } of tenants) clean = (await this.purgeTenant(id)) && clean;
    if (clean) this.doneOn = day;
  }

  /** False when it failed: that is logged, and holds up no other tenant. */
  private async purgeTenant(tenantId: string): Promise<boolean> {
    const { retention, log } = this.parts;
    try {
      for (const month of await retention.dueMonths(tenantId)) {
        const rows = await retention.purgeMonth(tenantId, month);
        log.info('audit.log-month-purged', { tenantId, rows });
      }
      return true;
    } catch (error) {
      log.error('audit.log-purge-failed', { tenantId, err: error });
      return false;
    }
  }
}
