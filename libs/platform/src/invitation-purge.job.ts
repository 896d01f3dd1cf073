import type { InvitationRetention } from '@libs/auth';
import { DailyJob, type DailyJobParts } from './daily-job.js';

/** Erases people whose invitation has expired. */
export class InvitationPurgeJob extends DailyJob {
  constructor(
    parts: DailyJobParts,
    private readonly retention: Pick<InvitationRetention, 'purge'>,
  ) {
    super(parts);
  }

  protected async runFor(tenantId: string): Promise<void> {
    const rows = await this.retention.purge(tenantId);
    if (rows > 0) this.parts.log.info('platform.invitations-purged', { tenantId, rows });
  }

  protected failed(tenantId: string, error: unknown): void {
    this.parts.log.error('platform.invitation-purge-failed', { tenantId, err: error });
  }
}
