import type { HoursOutlook, HoursState } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { Lru } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { type HoursRecord, readHours } from './hours-rows.js';
import { isOpen, nextChange, outlook, type Schedule, scheduleOf } from './schedule.js';

interface Known {
  readonly byId: ReadonlyMap<string, Schedule>;
  readonly ofWorkspace: Schedule | undefined;
  /** Which hours an inbox chose. */
  readonly ofInbox: ReadonlyMap<string, string>;
}

interface Told {
  readonly from: number;
  readonly until: number;
  readonly outlook: HoursOutlook;
}

/** How long an outlook is told on. */
const TOLD_MS = 60_000;

/**
 * Whether businesses answer now. Schedules of a tenant, and which its inboxes chose, are in memory until
 * the feed names them (`hours`).
 */
@Injectable()
export class BusinessHours {
  private readonly tenants = new Lru<string, Promise<Known>>(10_000);

  /** What was told of a schedule, and while it is still so; a schedule that is read anew is another one. */
  private readonly told = new WeakMap<Schedule, Told>();

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** `hoursId` null, or one that is gone = those of the workspace; true where there are none. */
  async isOpen(tenantId: string, hoursId: string | null, at: number): Promise<boolean> {
    const schedule = await this.find(tenantId, hoursId);
    return schedule === undefined || isOpen(schedule, at);
  }

  /** When it opens or closes next; null = not within a year, or never. */
  async nextChange(tenantId: string, hoursId: string | null, at: number): Promise<number | null> {
    const schedule = await this.find(tenantId, hoursId);
    return schedule === undefined ? null : nextChange(schedule, at);
  }

  /** What the public settings of an inbox say; undefined where it has no hours. */
  async outlook(tenantId: string, inboxId: string, at: number): Promise<HoursOutlook | undefined> {
    const { ofInbox } = await this.known(tenantId);
    const schedule = await this.find(tenantId, ofInbox.get(inboxId) ?? null);
    return schedule && this.outlookOf(schedule, at);
  }

  /** Everybody may ask, so it is worked out once a minute at most, and anew when it has changed. */
  private outlookOf(schedule: Schedule, at: number): HoursOutlook {
    const told = this.told.get(schedule);
    if (told && told.from <= at && at < told.until) return told.outlook;
    const fresh = outlook(schedule, at);
    this.told.set(schedule, { from: at, until: Math.min(at + TOLD_MS, ...fresh.changes), outlook: fresh });
    return fresh;
  }

  /** Forgets a tenant's: called by the feed. */
  drop(tenantId: string): void {
    this.tenants.delete(tenantId);
  }

  private async find(tenantId: string, hoursId: string | null): Promise<Schedule | undefined> {
    const { byId, ofWorkspace } = await this.known(tenantId);
    return (hoursId === null ? undefined : byId.get(hoursId)) ?? ofWorkspace;
  }

  private known(tenantId: string): Promise<Known> {
    const cached = this.tenants.get(tenantId);
    if (cached) return cached;
    const loading = this.load(tenantId);
    this.tenants.set(tenantId, loading);
    loading.catch(() => {
      if (this.tenants.peek(tenantId) === loading) this.tenants.delete(tenantId);
    });
    return loading;
  }

  private async load(tenantId: string): Promise<Known> {
    const system = { tenantId, actor: { kind: 'system', id: 'hours' }, correlationId: 'hours' } as const;
    const { reader } = this.database;
    const [records, chosen] = await runInTenant(system, async () => [
      await readHours(reader, tenantId),
      await reader.all<{ inbox_id: string; hours_id: string }>(
        'SELECT inbox_id, hours_id FROM chat_routing_inbox WHERE tenant_id = ? AND hours_id IS NOT NULL',
        [tenantId],
      ),
    ]);
    const byId = new Map(records.map((record) => [record.id, scheduleOf(record)]));
    const own = records.find(({ isDefault }) => isDefault);
    return {
      ...{ byId, ofWorkspace: own && byId.get(own.id) },
      ofInbox: new Map(chosen.map((row) => [row.inbox_id, row.hours_id])),
    };
  }
}

/** How `record` stands at `at`. */
export function stateOf(record: HoursRecord, at: number): HoursState {
  const schedule = scheduleOf(record);
  return { open: isOpen(schedule, at), changesAt: nextChange(schedule, at) };
}
