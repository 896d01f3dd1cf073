import { TeamDirectory } from '@libs/auth';
import type { InboxRouting, MemberCapacities, RoutingSettings } from '@libs/contracts';
import { DATABASE, type Database, type JournalEntry, lastChangeOf, type Tx, UnitOfWork, upsert } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { CLOCK, type Clock } from '@libs/kernel';
import { lockTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { ColleagueList } from '../conversations/colleagues.js';
import { hoursErrors } from '../hours/hours.errors.js';
import { readHours } from '../hours/hours-rows.js';
import { inboxErrors } from '../inboxes/inbox.errors.js';
import type { InboxEditor } from '../inboxes/inbox-changes.js';
import { routingErrors } from './routing.errors.js';
import { readDefaults, readInboxRouting } from './routing-rows.js';

const TENANT = {
  table: 'chat_routing_tenant',
  columns: ['tenant_id', 'version', 'default_capacity', 'return_after_seconds', 'changed_by', 'changed_at'],
  keys: ['tenant_id'],
  update: ['version', 'default_capacity', 'return_after_seconds', 'changed_by', 'changed_at'],
} as const;

const INBOX = {
  table: 'chat_routing_inbox',
  columns: [
    ...['tenant_id', 'inbox_id', 'version', 'mode', 'team_id', 'overflow_team_id', 'overflow_after_seconds'],
    ...['show_place', 'hours_id', 'outside_hours', 'changed_by', 'changed_at'],
  ],
  keys: ['tenant_id', 'inbox_id'],
  update: [
    ...['version', 'mode', 'team_id', 'overflow_team_id', 'overflow_after_seconds'],
    ...['show_place', 'hours_id', 'outside_hours', 'changed_by', 'changed_at'],
  ],
} as const;

const MEMBER = {
  table: 'chat_routing_member',
  columns: ['tenant_id', 'member_id', 'availability', 'capacity', 'seen_at', 'lost_at', 'given_at'],
  keys: ['tenant_id', 'member_id'],
  update: ['capacity'],
} as const;

/** How inboxes give, and how much members may have. Each change is journaled, and takes effect at once everywhere. */
@Injectable()
export class RoutingSettingsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    private readonly teams: TeamDirectory,
    private readonly colleagues: ColleagueList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  defaults(tenantId: string): Promise<RoutingSettings> {
    return readDefaults(this.database.reader, tenantId);
  }

  /** 409 `chat.routing-changed` where somebody else was quicker. */
  async setDefaults(by: InboxEditor, wish: RoutingSettings): Promise<RoutingSettings> {
    const { tenantId } = by;
    const version = wish.version + 1;
    const fields = 'defaultCapacity,returnAfterSeconds';
    const entry = entryOf('chat.routing-defaults-changed.v1', `tenant:${tenantId}`, fields, version);
    await this.change(by, entry, async (tx) => {
      await lockTenant(tx, tenantId);
      await assertVersion(tx, await readDefaults(tx, tenantId), wish.version, [
        'chat_routing_tenant',
        { tenant_id: tenantId },
      ]);
      const values = [tenantId, version, wish.defaultCapacity, wish.returnAfterSeconds];
      await upsert(tx, TENANT, [...values, by.memberId, this.clock.now()]);
    });
    return { ...wish, version };
  }

  async inbox(tenantId: string, inboxId: string): Promise<InboxRouting> {
    await assertInbox(this.database.reader, tenantId, inboxId);
    return readInboxRouting(this.database.reader, tenantId, inboxId);
  }

  /** 404 for a team, hours or inbox that is not there; 409 `chat.routing-changed` */
  async setInbox(by: InboxEditor, inboxId: string, wish: InboxRouting): Promise<InboxRouting> {
    const { tenantId } = by;
    const { teamId, overflowTeamId, hoursId } = wish;
    await assertInbox(this.database.reader, tenantId, inboxId);
    for (const team of [teamId, overflowTeamId]) if (team !== null) await this.assertTeam(tenantId, team);
    if (hoursId !== null) {
      const known = await readHours(this.database.reader, tenantId);
      if (!known.some(({ id }) => id === hoursId)) throw hoursErrors.notFound();
    }
    const version = wish.version + 1;
    const fields = 'mode,teamId,overflowTeamId,overflowAfterSeconds,showPlace,hoursId,outsideHours';
    const entry = entryOf('chat.routing-changed.v1', `inbox:${inboxId}`, fields, version);
    await this.change(by, entry, async (tx) => {
      await lockTenant(tx, tenantId);
      const key = { tenant_id: tenantId, inbox_id: inboxId };
      await assertVersion(tx, await readInboxRouting(tx, tenantId, inboxId), wish.version, ['chat_routing_inbox', key]);
      await upsert(tx, INBOX, [
        ...[tenantId, inboxId, version, wish.mode, teamId, overflowTeamId, wish.overflowAfterSeconds],
        ...[wish.showPlace ? 1 : 0, hoursId, wish.outsideHours, by.memberId, this.clock.now()],
      ]);
    });
    return { ...wish, version };
  }

  async capacities(tenantId: string): Promise<MemberCapacities> {
    const { items } = await this.colleagues.all(tenantId);
    const rows = await this.database.reader.all<{ member_id: string; capacity: number | null }>(
      'SELECT member_id, capacity FROM chat_routing_member WHERE tenant_id = ?',
      [tenantId],
    );
    const own = new Map(rows.map((row) => [row.member_id, row.capacity]));
    const { defaultCapacity } = await this.defaults(tenantId);
    return { defaultCapacity, items: items.map(({ id, name }) => ({ id, name, capacity: own.get(id) ?? null })) };
  }

  /** The last one to say it is right: it is one number. 404, 422 `chat.member-unable`. */
  async setCapacity(by: InboxEditor, memberId: string, capacity: number | null): Promise<void> {
    const { tenantId } = by;
    await this.colleagues.require(tenantId, memberId);
    const entry = entryOf('chat.capacity-changed.v1', `member:${memberId}`, 'capacity');
    await this.change(by, entry, (tx) => upsert(tx, MEMBER, [tenantId, memberId, 'offline', capacity, 0, null, 0]));
  }

  /** 404 for a team that is not there, or was set aside. */
  async assertTeam(tenantId: string, teamId: string): Promise<void> {
    const team = await this.teams.find(tenantId, teamId);
    if (!team || team.archived) throw routingErrors.teamNotFound();
  }

  private async change(by: InboxEditor, entry: JournalEntry, act: (tx: Tx) => Promise<void>): Promise<void> {
    const { tenantId, memberId, correlationId } = by;
    const actor = { kind: 'member', id: memberId } as const;
    await this.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async ({ tx, record }) => {
      await act(tx);
      await announce(tx, { kind: 'routing', tenantId, ref: tenantId });
      record(entry);
    });
    await this.feed.poll().catch(() => undefined);
  }
}

function entryOf(kind: string, resource: string, fields: string, version?: number): JournalEntry {
  const detail = version === undefined ? {} : { detail: () => ({ version }) };
  return { kind, subjectId: null, resource, fields, commitment: null, ...detail };
}

async function assertVersion(
  tx: Tx,
  { version }: { readonly version: number },
  seen: number,
  place: readonly [table: string, key: Readonly<Record<string, string>>],
): Promise<void> {
  if (version !== seen) throw routingErrors.changed(await lastChangeOf(tx, ...place), version);
}

async function assertInbox(reader: Database['reader'], tenantId: string, inboxId: string): Promise<void> {
  const rows = await reader.all('SELECT id FROM chat_inbox WHERE tenant_id = ? AND id = ?', [tenantId, inboxId]);
  if (rows.length === 0) throw inboxErrors.notFound();
}
