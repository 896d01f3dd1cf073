import type { InboxRouting, RoutingSettings } from '@libs/contracts';
import type { SqlReader, SqlRow } from '@libs/database';

/** What holds where nothing was set. */
const DEFAULTS: RoutingSettings = { version: 0, defaultCapacity: 5, returnAfterSeconds: 120 };

/** An inbox in which members pick. */
const MANUAL: InboxRouting = {
  ...{ version: 0, mode: 'manual', teamId: null, overflowTeamId: null, overflowAfterSeconds: 120 },
  ...{ showPlace: true, hoursId: null, outsideHours: 'hold' },
};

export async function readDefaults(reader: SqlReader, tenantId: string): Promise<RoutingSettings> {
  const [row] = await reader.all(
    'SELECT version, default_capacity, return_after_seconds FROM chat_routing_tenant WHERE tenant_id = ?',
    [tenantId],
  );
  if (!row) return DEFAULTS;
  return {
    version: Number(row.version),
    defaultCapacity: Number(row.default_capacity),
    returnAfterSeconds: Number(row.return_after_seconds),
  };
}

const INBOX_COLUMNS =
  'inbox_id, version, mode, team_id, overflow_team_id, overflow_after_seconds, show_place, hours_id, outside_hours';

export async function readInboxRouting(reader: SqlReader, tenantId: string, inboxId: string): Promise<InboxRouting> {
  const [row] = await reader.all(
    `SELECT ${INBOX_COLUMNS} FROM chat_routing_inbox WHERE tenant_id = ? AND inbox_id = ?`,
    [tenantId, inboxId],
  );
  return row ? routingOf(row) : MANUAL;
}

/** The inboxes of a tenant in which the machine gives. */
export async function readRouted(reader: SqlReader, tenantId: string): Promise<ReadonlyMap<string, InboxRouting>> {
  const rows = await reader.all(
    `SELECT ${INBOX_COLUMNS} FROM chat_routing_inbox WHERE tenant_id = ? AND mode <> 'manual'`,
    [tenantId],
  );
  return new Map(rows.map((row) => [String(row.inbox_id), routingOf(row)]));
}

/** True where the machine gives. */
export async function isRouted(reader: SqlReader, tenantId: string, inboxId: string): Promise<boolean> {
  return (await readInboxRouting(reader, tenantId, inboxId)).mode !== 'manual';
}

function routingOf(row: SqlRow): InboxRouting {
  return {
    version: Number(row.version),
    mode: String(row.mode) as InboxRouting['mode'],
    teamId: idOf(row.team_id),
    overflowTeamId: idOf(row.overflow_team_id),
    overflowAfterSeconds: Number(row.overflow_after_seconds),
    showPlace: Number(row.show_place) === 1,
    hoursId: idOf(row.hours_id),
    outsideHours: String(row.outside_hours) as InboxRouting['outsideHours'],
  };
}

function idOf(value: SqlRow[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
