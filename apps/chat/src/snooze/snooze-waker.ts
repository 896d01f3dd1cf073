import { DATABASE, type Database, DUE_SNOOZES, DUE_SNOOZES_PAGE } from '@libs/database';
import { LOG } from '@libs/http';
import { AppError, CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SnoozeService } from './snooze.service.js';

const LOOK_MS = 1000;

interface DueRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly subject_id: string;
}

/**
 * Brings back what was put off when its time comes. The rows say what is due, so a restart loses nothing; every process
 * looks, and the lock of the conversation lets one of them do it.
 */
@Injectable()
export class SnoozeWaker implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly snoozes: SnoozeService,
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

  private async look(): Promise<void> {
    try {
      const now = this.clock.now();
      for (let after = '', due: DueRow[]; ; after = due[due.length - 1]!.id) {
        due = await this.database.reader.all<DueRow>(DUE_SNOOZES, [now, after]);
        await Promise.all(due.map((row) => this.wake(row)));
        if (due.length < DUE_SNOOZES_PAGE) return;
      }
    } catch (error) {
      // The next look finds them again.
      this.log.warn('chat.snoozes-not-looked-at', { err: error });
    }
  }

  private async wake({ tenant_id: tenantId, id: conversationId, subject_id: subjectId }: DueRow): Promise<void> {
    await this.snoozes.wakeDue({ tenantId, conversationId, subjectId }).catch((error: unknown) => {
      // Somebody was quicker, or the person is being erased: there is nothing to bring back.
      if (!(error instanceof AppError && error.kind === 'user')) throw error;
    });
  }
}
