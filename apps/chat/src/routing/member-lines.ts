import { ROUTING_LIMITS } from '@libs/contracts';
import { DATABASE, type Database, placeholders, UNSEEN_MEMBERS, UnitOfWork } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { LOG } from '@libs/http';
import { AppError, CLOCK, type Clock, newId, pairKey } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { routingErrors } from './routing.errors.js';

/** How often lines that last are noted, and how long one that opens or closes waits to be noted with others. */
const BEAT_MS = 30_000;
const GATHER_MS = 500;

interface Line {
  readonly tenantId: string;
  readonly memberId: string;
  sockets: number;
}

/**
 * Whose lines this process holds, noted in the members' rows for all processes: who has not been seen for three minutes
 * by any of them is offline. Of members who never chose an availability nothing is noted.
 */
@Injectable()
export class MemberLines implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly lines = new Map<string, Line>();
  private dirty = new Map<string, Line>();
  private timer: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    clearTimeout(this.gathering);
  }

  /** A socket of a member opened; answers what notes its end. */
  open(tenantId: string, memberId: string): () => void {
    const key = pairKey(tenantId, memberId);
    const line = this.lines.get(key) ?? { tenantId, memberId, sockets: 0 };
    line.sockets += 1;
    this.lines.set(key, line);
    this.note(line);
    return () => {
      line.sockets -= 1;
      if (line.sockets === 0) this.lines.delete(pairKey(tenantId, memberId));
      this.note(line);
    };
  }

  /** Notes every line that is open. */
  beat(): Promise<void> {
    return this.see([...this.lines.values()]);
  }

  /** Who has had no line for three minutes is offline, by the system and on the record. */
  async endLost(): Promise<void> {
    const before = this.clock.now() - ROUTING_LIMITS.lostAfterMs;
    const rows = await this.database.reader.all<{ tenant_id: string; member_id: string }>(UNSEEN_MEMBERS, [before]);
    for (const { tenant_id: tenantId, member_id: memberId } of rows) {
      // Held here, and only not noted yet: the next beat does it.
      if (this.lines.has(pairKey(tenantId, memberId))) await this.beat();
      else await this.end(tenantId, memberId, before);
    }
  }

  private async end(tenantId: string, memberId: string, before: number): Promise<void> {
    const actor = { kind: 'system', id: 'routing' } as const;
    const context = { tenantId, actor, correlationId: newId() };
    const ending = runInTenant(context, () =>
      this.work.run({ ...context, purpose: 'service-account' }, async ({ tx, record }) => {
        const ended = await tx.run(
          "UPDATE chat_routing_member SET availability = 'offline', lost_at = ? WHERE tenant_id = ? AND member_id = ? " +
            "AND availability <> 'offline' AND seen_at < ?",
          [this.clock.now(), tenantId, memberId, before],
        );
        if (ended === 0) throw routingErrors.notLost();
        await announce(tx, { kind: 'availability', tenantId, ref: memberId });
        record({
          ...{ kind: 'chat.member-line-lost.v1', subjectId: null, resource: `member:${memberId}` },
          ...{ fields: 'availability', commitment: null },
          detail: () => ({ rule: 'line-lost', afterMs: ROUTING_LIMITS.lostAfterMs }),
        });
      }),
    );
    await ending.catch((error: unknown) => {
      // Seen meanwhile, or ended by another process.
      if (!(error instanceof AppError && error.kind === 'user')) throw error;
    });
    await this.feed.poll().catch(() => undefined);
  }

  private note(line: Line): void {
    this.dirty.set(pairKey(line.tenantId, line.memberId), line);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      const lines = [...this.dirty.values()];
      this.dirty = new Map();
      void this.see(lines);
    }, GATHER_MS).unref();
  }

  private async see(lines: readonly Line[]): Promise<void> {
    const tenants = new Map<string, string[]>();
    for (const { tenantId, memberId } of lines) tenants.set(tenantId, [...(tenants.get(tenantId) ?? []), memberId]);
    if (tenants.size === 0) return;
    const at = this.clock.now();
    const write = this.work.upkeep(async (tx) => {
      for (const [tenantId, ids] of tenants) {
        await tx.run(
          `UPDATE chat_routing_member SET seen_at = ? WHERE tenant_id = ? AND member_id IN (${placeholders(ids.length)}) ` +
            "AND availability <> 'offline' AND seen_at < ?",
          [at, tenantId, ...ids, at],
        );
      }
    }, new Set(tenants.keys()));
    await write.catch((error: unknown) => this.log.warn('chat.lines-not-noted', { err: error }));
  }
}
