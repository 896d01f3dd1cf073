import { DATABASE, type Database, DUE_REPLIES, DUE_REPLIES_PAGE } from '@libs/database';
import { LOG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable } from '@nestjs/common';
import { DueLook } from '../due/due-look.js';
import { ScheduledAttempt } from './scheduled-attempt.js';

interface DueRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly due_at: number | string;
}

/** Sends replies whose time has come; the lock of the row lets one process do it. */
@Injectable()
export class ScheduledSender extends DueLook {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly attempt: ScheduledAttempt,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: Log,
  ) {
    super('chat.scheduled-replies-not-looked-at', log);
  }

  /** One after the other, so that what one conversation was to get comes in the order of its times. */
  protected async look(): Promise<void> {
    const now = this.clock.now();
    for (let at = 0, id = '', more = true; more; ) {
      const due = await this.database.reader.all<DueRow>(DUE_REPLIES, [now, at, at, id]);
      for (const row of due) await this.trySend(row);
      const last = due[due.length - 1];
      more = due.length === DUE_REPLIES_PAGE;
      if (last) [at, id] = [Number(last.due_at), last.id];
    }
  }

  /** One that fails holds up no other; the next look tries it again. */
  private async trySend({ tenant_id: tenantId, id }: DueRow): Promise<void> {
    await this.attempt.sendDue(tenantId, id).catch((error: unknown) => {
      this.log.warn('chat.scheduled-reply-not-sent', { err: error });
    });
  }
}
