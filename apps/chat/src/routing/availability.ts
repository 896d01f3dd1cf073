import type { Availability, ColleagueAvailabilities, OwnAvailability } from '@libs/contracts';
import { DATABASE, type Database, type SqlReader, type Tx, UnitOfWork, upsert } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { CLOCK, type Clock } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { ColleagueList } from '../conversations/colleagues.js';
import { readDefaults } from './routing-rows.js';

const CHOICE = {
  table: 'chat_routing_member',
  columns: ['tenant_id', 'member_id', 'availability', 'capacity', 'seen_at', 'lost_at', 'given_at'],
  keys: ['tenant_id', 'member_id'],
  update: ['availability', 'seen_at', 'lost_at'],
} as const;

interface MemberRow {
  readonly member_id: string;
  readonly availability: Availability;
  readonly capacity: number | null;
  readonly lost_at: number | string | null;
}

/**
 * Who is there. A choice is no entry of the journal, on purpose: a list of them would say when somebody worked (decision
 * 0010). It is told to every process by the invalidation feed, which forgets.
 */
@Injectable()
export class AvailabilityService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    private readonly colleagues: ColleagueList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async choose(tenantId: string, memberId: string, availability: Availability): Promise<OwnAvailability> {
    const now = this.clock.now();
    await this.write(tenantId, memberId, (tx) =>
      upsert(tx, CHOICE, [tenantId, memberId, availability, null, now, null, 0]),
    );
    // Whoever was disabled meanwhile had their work handed over before this came.
    if (!(await this.colleagues.isAble(tenantId, memberId))) await this.leave(tenantId, memberId);
    return this.own(tenantId, memberId);
  }

  /** Offline for good: who leaves. Nothing can be given to them after this. */
  async leave(tenantId: string, memberId: string): Promise<void> {
    await this.write(tenantId, memberId, (tx) =>
      tx.run(
        "UPDATE chat_routing_member SET availability = 'offline', lost_at = NULL WHERE tenant_id = ? AND member_id = ?",
        [tenantId, memberId],
      ),
    );
  }

  async own(tenantId: string, memberId: string): Promise<OwnAvailability> {
    const { reader } = this.database;
    const [row] = await reader.all<MemberRow>(
      'SELECT member_id, availability, capacity, lost_at FROM chat_routing_member WHERE tenant_id = ? AND member_id = ?',
      [tenantId, memberId],
    );
    const [count] = await reader.all<{ n: number | string }>(
      "SELECT COUNT(*) AS n FROM chat_conversation WHERE tenant_id = ? AND assignee_id = ? AND state = 'open'",
      [tenantId, memberId],
    );
    const { defaultCapacity } = await readDefaults(reader, tenantId);
    return {
      ...{ availability: row?.availability ?? 'offline', lost: (row?.lost_at ?? null) !== null },
      ...{ open: Number(count?.n ?? 0), capacity: row?.capacity ?? defaultCapacity },
    };
  }

  /** Everybody who may have conversations, by name. */
  async all(tenantId: string): Promise<ColleagueAvailabilities> {
    const { reader } = this.database;
    const [{ items }, rows, loads, { defaultCapacity }] = await Promise.all([
      this.colleagues.all(tenantId),
      reader.all<MemberRow>(
        'SELECT member_id, availability, capacity, lost_at FROM chat_routing_member WHERE tenant_id = ?',
        [tenantId],
      ),
      readLoads(reader, tenantId),
      readDefaults(reader, tenantId),
    ]);
    const known = new Map(rows.map((row) => [row.member_id, row]));
    return {
      items: items.map(({ id, name }) => {
        const row = known.get(id);
        const capacity = row?.capacity ?? defaultCapacity;
        return { id, name, availability: row?.availability ?? 'offline', open: loads.get(id) ?? 0, capacity };
      }),
    };
  }

  private async write(tenantId: string, memberId: string, change: (tx: Tx) => unknown): Promise<void> {
    await this.work.upkeep(
      async (tx) => {
        await change(tx);
        await announce(tx, { kind: 'availability', tenantId, ref: memberId });
      },
      new Set([tenantId]),
    );
    await this.feed.poll().catch(() => undefined);
  }
}

async function readLoads(reader: SqlReader, tenantId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.all<{ assignee_id: string; n: number | string }>(
    'SELECT assignee_id, COUNT(*) AS n FROM chat_conversation WHERE tenant_id = ? AND assignee_id > ? ' +
      "AND state = 'open' GROUP BY assignee_id",
    [tenantId, ''],
  );
  return new Map(rows.map(({ assignee_id: id, n }) => [id, Number(n)]));
}
