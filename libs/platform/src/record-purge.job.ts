import type { RecordRetention } from '@libs/privacy';
import { DailyJob, type DailyJobParts } from './daily-job.js';

/** Purges accounts of reads and approvals whose time has ended. */
export class RecordPurgeJob extends DailyJob {
  constructor(
    parts: DailyJobParts,
    private readonly retention: Pick<RecordRetention, 'purge'>,
  ) {
    super(parts);
  }

  protected async runFor(tenantId: string): Promise<void> {
    const rows = await this.retention.purge(tenantId);
    if (rows > 0) this.parts.log.info('privacy.records-purged', { tenantId, rows });
  }

  protected failed(tenantId: string, error: unknown): void {
    this.parts.log.error('privacy.record-purge-failed', { tenantId, err: error });
  }
}
