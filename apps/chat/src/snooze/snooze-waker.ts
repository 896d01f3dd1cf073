import { DATABASE, type Database, DUE_SNOOZES, DUE_SNOOZES_PAGE } from '@libs/database';
import { LOG } from '@libs/http';
import { AppError, CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable } from '@nestjs/common';
import { DueLook } from '../due/due-look.js';
import { SnoozeService } from './snooze.service.js';

interface DueRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly subject_id: string;
}

/** Brings back what was put off when its time comes; the lock of the conversation lets one process do it. */
@Injectable()
export class SnoozeWaker extends DueLook {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly snoozes: SnoozeService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: Log,
  ) {
    super('chat.snoozes-not-looked-at', log);
  }

  protected async look(): Promise<void> {
    const now = this.clock.now();
    for (let after = '', due: DueRow[]; ; after = due[due.length - 1]!.id) {
      due = await this.database.reader.all<DueRow>(DUE_SNOOZES, [now, after]);
      await Promise.all(due.map((row) => this.wake(row)));
      if (due.length < DUE_SNOOZES_PAGE) return;
    }
  }

  private async wake({ tenant_id: tenantId, id: conversationId, subject_id: subjectId }: DueRow): Promise<void> {
    await this.snoozes.wakeDue({ tenantId, conversationId, subjectId }).catch((error: unknown) => {
      // Somebody was quicker, or the person is being erased: there is nothing to bring back.
      if (!(error instanceof AppError && error.kind === 'user')) throw error;
    });
  }
}
