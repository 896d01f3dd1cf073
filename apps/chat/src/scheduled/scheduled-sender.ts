import { DATABASE, type Database, DUE_REPLIES, DUE_REPLIES_PAGE } from '@libs/database';
import { LOG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ScheduledAttempt } from './scheduled-attempt.js';

const LOOK_MS = 1000;

interface DueRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly due_at: number | string;
}

/**
 * Looks for scheduled replies whose time has come. The rows say what is due, so a restart loses nothing; every process
 * looks, and the lock of the row lets one of them send.
 */
@Injectable()
export class ScheduledSender implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly attempt: ScheduledAttempt,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = undefined;
      });
    }, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** One after the other, so that what one conversation was to get comes in the order of its times. */
  private async look(): Promise<void> {
    const now = this.clock.now();
    try {
      for (let at = 0, id = '', more = true; more; ) {
        const due = await this.database.reader.all<DueRow>(DUE_REPLIES, [now, at, at, id]);
        for (const row of due) await this.trySend(row);
        const last = due[due.length - 1];
        more = due.length === DUE_REPLIES_PAGE;
        if (last) [at, id] = [Number(last.due_at), last.id];
      }
    } catch (error) {
      // The next look finds them again.
      this.log.warn('chat.scheduled-replies-not-looked-at', { err: error });
    }
  }

  /** One that fails holds up no other; the next look tries it again. */
  private async trySend({ tenant_id: tenantId, id }: DueRow): Promise<void> {
    await this.attempt.sendDue(tenantId, id).catch((error: unknown) => {
      this.log.warn('chat.scheduled-reply-not-sent', { err: error });
    });
  }
}
