import { HOURS_LIMITS, type HoursAct, type HoursCreate, type HoursDetail, type HoursEdit } from '@libs/contracts';
import { DATABASE, type Database, lastChangeOf, type Tx, UnitOfWork, type Work } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import { lockTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { InboxEditor } from '../inboxes/inbox-changes.js';
import { stateOf } from './business-hours.js';
import { hoursErrors } from './hours.errors.js';
import { checkedHours, type HoursColumns, type HoursRecord, readHours } from './hours-rows.js';

interface Act {
  readonly id: string;
  readonly kind:
    | 'chat.hours-created.v1'
    | 'chat.hours-changed.v1'
    | 'chat.hours-made-default.v1'
    | 'chat.hours-removed.v1';
  readonly fields: string;
  readonly version: number;
}

/**
 * Business hours of a workspace. Each act is one unit of work with its journal entry and a row of the feed; acts of a
 * tenant wait for one another, so that a name is taken once and exactly one is the workspace's own.
 */
@Injectable()
export class HoursService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(tenantId: string): Promise<readonly HoursDetail[]> {
    const now = this.clock.now();
    const records = await readHours(this.database.reader, tenantId);
    return records.map((record) => ({ ...record, now: stateOf(record, now) }));
  }

  async show(tenantId: string, id: string): Promise<HoursDetail> {
    const found = (await this.list(tenantId)).find((one) => one.id === id);
    if (!found) throw hoursErrors.notFound();
    return found;
  }

  /** The first ones are the workspace's own. */
  async create(by: InboxEditor, draft: HoursCreate): Promise<HoursDetail> {
    const { tenantId } = by;
    const columns = checkedHours(draft);
    const now = this.clock.now();
    const id = newId(now);
    const act: Act = { id, kind: 'chat.hours-created.v1', fields: 'name,timeZone,week,days', version: 1 };
    await this.run(by, act, async ({ tx }, all) => {
      if (all.length >= HOURS_LIMITS.schedules) throw hoursErrors.tooMany();
      await assertFree(tx, tenantId, id, columns);
      const { name, nameHash, timeZone, week, days } = columns;
      await tx.insert(
        'chat_business_hours',
        ['tenant_id', 'id', 'name', 'name_hash', 'time_zone', 'week', 'days', 'is_default', 'version', 'created_at'],
        [[tenantId, id, name, nameHash, timeZone, week, days, all.length === 0 ? 1 : 0, 1, now]],
      );
    });
    return this.show(tenantId, id);
  }

  async edit(by: InboxEditor, id: string, { version, ...draft }: HoursEdit): Promise<HoursDetail> {
    const { tenantId } = by;
    const columns = checkedHours(draft);
    const act: Act = { id, kind: 'chat.hours-changed.v1', fields: 'name,timeZone,week,days', version: version + 1 };
    await this.run(by, act, async ({ tx }, all) => {
      await assertSeen(tx, tenantId, all, { id, version });
      await assertFree(tx, tenantId, id, columns);
      const { name, nameHash, timeZone, week, days } = columns;
      await tx.run(
        'UPDATE chat_business_hours SET name = ?, name_hash = ?, time_zone = ?, week = ?, days = ?, version = ?, ' +
          'changed_by = ?, changed_at = ? WHERE tenant_id = ? AND id = ?',
        [name, nameHash, timeZone, week, days, version + 1, by.memberId, this.clock.now(), tenantId, id],
      );
    });
    return this.show(tenantId, id);
  }

  /** From now on those of the workspace. */
  async makeDefault(by: InboxEditor, id: string, { version }: HoursAct): Promise<HoursDetail> {
    const { tenantId } = by;
    const act: Act = { id, kind: 'chat.hours-made-default.v1', fields: 'isDefault', version: version + 1 };
    await this.run(by, act, async ({ tx }, all) => {
      await assertSeen(tx, tenantId, all, { id, version });
      await tx.run('UPDATE chat_business_hours SET is_default = 0 WHERE tenant_id = ?', [tenantId]);
      await tx.run(
        'UPDATE chat_business_hours SET is_default = 1, version = ?, changed_by = ?, changed_at = ? ' +
          'WHERE tenant_id = ? AND id = ?',
        [version + 1, by.memberId, this.clock.now(), tenantId, id],
      );
    });
    return this.show(tenantId, id);
  }

  /** Removes what no inbox goes by; the workspace's own only as the last. */
  async remove(by: InboxEditor, id: string, { version }: HoursAct): Promise<void> {
    const { tenantId } = by;
    await this.run(by, { id, kind: 'chat.hours-removed.v1', fields: '', version }, async ({ tx }, all) => {
      const found = await assertSeen(tx, tenantId, all, { id, version });
      const [{ many } = { many: 0 }] = await tx.all<{ many: number | string }>(
        'SELECT COUNT(*) AS many FROM chat_routing_inbox WHERE tenant_id = ? AND hours_id = ?',
        [tenantId, id],
      );
      const inboxes = Number(many);
      if (inboxes > 0 || (found.isDefault && all.length > 1)) throw hoursErrors.inUse(inboxes);
      await tx.run('DELETE FROM chat_business_hours WHERE tenant_id = ? AND id = ?', [tenantId, id]);
    });
  }

  private async run(
    by: InboxEditor,
    { id, kind, fields, version }: Act,
    write: (work: Work, all: readonly HoursRecord[]) => Promise<void>,
  ): Promise<void> {
    const { tenantId, memberId, correlationId } = by;
    const actor = { kind: 'member', id: memberId } as const;
    await this.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (work) => {
      const { tx, record } = work;
      await lockTenant(tx, tenantId);
      await write(work, await readHours(tx, tenantId));
      await announce(tx, { kind: 'hours', tenantId, ref: id });
      record({
        ...{ kind, subjectId: null, resource: `hours:${id}` },
        ...{ fields, detail: () => ({ version }), commitment: null },
      });
    });
    await this.feed.poll();
  }
}

async function assertSeen(
  tx: Tx,
  tenantId: string,
  all: readonly HoursRecord[],
  { id, version }: { readonly id: string; readonly version: number },
): Promise<HoursRecord> {
  const found = all.find((one) => one.id === id);
  if (!found) throw hoursErrors.notFound();
  if (found.version === version) return found;
  throw hoursErrors.changed(await lastChangeOf(tx, 'chat_business_hours', { tenant_id: tenantId, id }), found.version);
}

async function assertFree(tx: Tx, tenantId: string, id: string, { nameHash }: HoursColumns): Promise<void> {
  const [other] = await tx.all<{ id: string }>(
    'SELECT id FROM chat_business_hours WHERE tenant_id = ? AND name_hash = ?',
    [tenantId, nameHash],
  );
  if (other && other.id !== id) throw hoursErrors.nameTaken();
}
