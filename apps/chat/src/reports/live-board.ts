import type { LiveBoard, LiveQueue } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { AvailabilityService } from '../routing/availability.js';

/** Named inbox by inbox, so that each count reads its own stretch of the index of queues and nothing else. */
const QUEUES =
  'SELECT i.id, i.name, COUNT(c.id) AS n, MIN(c.queued_at) AS since FROM chat_inbox i ' +
  'LEFT JOIN chat_conversation c ON c.tenant_id = ? AND c.inbox_id = i.id AND c.queued_at > 0 ' +
  'WHERE i.tenant_id = ? AND i.ended_at IS NULL GROUP BY i.id, i.name';

/** What a supervisor sees at a glance. Counted when it is asked for: nothing of it is stored, so nothing says how it was. */
@Injectable()
export class LiveBoardService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly availability: AvailabilityService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(tenantId: string): Promise<LiveBoard> {
    const [queues, { items: members }] = await Promise.all([this.queues(tenantId), this.availability.all(tenantId)]);
    const since = queues.flatMap(({ waitingSince }) => waitingSince ?? []);
    return {
      at: this.clock.now(),
      waiting: queues.reduce((sum, { waiting }) => sum + waiting, 0),
      waitingSince: since.length === 0 ? null : Math.min(...since),
      open: members.reduce((sum, { open }) => sum + open, 0),
      queues,
      members,
    };
  }

  private async queues(tenantId: string): Promise<readonly LiveQueue[]> {
    const rows = await this.database.reader.all<{
      id: string;
      name: string;
      n: number | string;
      since: number | string | null;
    }>(QUEUES, [tenantId, tenantId]);
    return rows
      .map(({ id, name, n, since }) => ({
        ...{ inboxId: id, name, waiting: Number(n) },
        waitingSince: since === null ? null : Number(since),
      }))
      .sort(
        (one, other) =>
          (one.waitingSince ?? Infinity) - (other.waitingSince ?? Infinity) || one.name.localeCompare(other.name),
      );
  }
}
