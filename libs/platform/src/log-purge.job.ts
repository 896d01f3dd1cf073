import type { NetworkLogRetention } from '@libs/audit';
import { DailyJob, type DailyJobParts } from './daily-job.js';

/** What the purge works with. */
export interface LogPurgeParts extends DailyJobParts {
  readonly retention: Pick<NetworkLogRetention, 'dueMonths' | 'purgeMonth'>;
}

/** Purges the months of the network log whose floors have ended (P-0807), which they do at the start of a day in UTC. */
export class LogPurgeJob extends DailyJob {
  private readonly retention: LogPurgeParts['retention'];

  constructor({ retention, ...parts }: LogPurgeParts) {
    super(parts);
    this.retention = retention;
  }

  protected async runFor(tenantId: string): Promise<void> {
    for (const month of await this.retention.dueMonths(tenantId)) {
      const rows = await this.retention.purgeMonth(tenantId, month);
      this.parts.log.info('audit.log-month-purged', { tenantId, rows });
    }
  }

  protected failed(tenantId: string, error: unknown): void {
    this.parts.log.error('audit.log-purge-failed', { tenantId, err: error });
  }
}
