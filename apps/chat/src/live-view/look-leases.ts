import { DATABASE, type Database, type Step, UnitOfWork } from '@libs/database';
import { LOG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type HeldLook, type LookPlace, LookStep } from './look-step.js';

/** How long a look counts that nobody confirms, and how often a process confirms those it holds. */
export const LEASE_MS = 60_000;
export const CONFIRM_MS = 20_000;
/**
 * How long a row stays at least after it counts no more: the process that held it may only have been halted. It goes when
 * a process next confirms a look in the same workspace.
 */
const LEFT_OVER_MS = 600_000;

/** Looks that are going on, in rows for all processes: those of a process that died count no more after a minute. */
@Injectable()
export class LookLeases implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly held = new Map<string, HeldLook>();
  private readonly step = new LookStep();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.confirm(), CONFIRM_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** What writes that a look begins; it is held from now on, and let go where that could not be written. */
  begin(look: HeldLook): Step {
    this.held.set(look.id, look);
    return this.step.step({ look, lastsUntil: this.clock.now() + LEASE_MS });
  }

  /** What writes that it ended. */
  end(look: HeldLook): Step {
    this.letGo(look);
    return this.step.step({ look, lastsUntil: null });
  }

  /** It is not confirmed any more. */
  letGo({ id }: HeldLook): void {
    this.held.delete(id);
  }

  /** Up to when somebody looks at this conversation as far as is known; 0 = nobody does. */
  async until({ tenantId, conversationId }: LookPlace): Promise<number> {
    const context = { tenantId, actor: { kind: 'system', id: 'live-looks' }, correlationId: conversationId } as const;
    const [row] = await runInTenant(context, async () =>
      this.database.reader.all<{ until: number | string | null }>(
        'SELECT MAX(lasts_until) AS until FROM chat_live_look WHERE tenant_id = ? AND conversation_id = ? AND lasts_until > ?',
        // What is left over says nothing any more, whether or not somebody has swept it out.
        [tenantId, conversationId, this.clock.now() - LEFT_OVER_MS],
      ),
    );
    return Number(row?.until ?? 0);
  }

  /** Whether somebody looks at it now. */
  async isLookedAt(place: LookPlace): Promise<boolean> {
    return (await this.until(place)) > this.clock.now();
  }

  /** Confirms every look that this process holds; besides the timer for tests. */
  async confirm(): Promise<void> {
    const looks = [...this.held.values()];
    if (looks.length === 0) return;
    const now = this.clock.now();
    const tenants = new Set(looks.map(({ tenantId }) => tenantId));
    const write = this.work.upkeep(async (tx) => {
      for (const { tenantId, conversationId, id } of looks) {
        await tx.run(
          'UPDATE chat_live_look SET lasts_until = ? WHERE tenant_id = ? AND conversation_id = ? AND id = ?',
          [now + LEASE_MS, tenantId, conversationId, id],
        );
      }
      for (const tenantId of tenants) {
        await tx.run('DELETE FROM chat_live_look WHERE tenant_id = ? AND lasts_until < ?', [
          ...[tenantId, now - LEFT_OVER_MS],
        ]);
      }
    }, tenants);
    await write.catch((error: unknown) => this.log.warn('chat.looks-unconfirmed', { err: error }));
  }
}
