import type { TeamSummary } from '@libs/contracts';
import type { SqlRow, SqlValue } from '@libs/database';
import { inTenant } from '../in-tenant.js';
import type { MemberNames } from '../members/member-names.js';
import { type MemberRole, permissionsOf } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';

/** A team by its name. */
export interface NamedTeam {
  readonly id: string;
  readonly name: string;
}

/** Who belongs to which team. */
export class TeamDirectory {
  constructor(
    private readonly ports: Pick<AuthPorts, 'database'>,
    private readonly names: MemberNames,
  ) {}

  /** Members of a team who can have conversations; none where there is no such team, or it was set aside. */
  async membersOf(tenantId: string, teamId: string): Promise<readonly string[]> {
    const rows = await this.read(
      tenantId,
      'SELECT m.id, m.role FROM auth_team t ' +
        'JOIN auth_team_member b ON b.tenant_id = t.tenant_id AND b.team_id = t.id ' +
        'JOIN auth_member m ON m.tenant_id = b.tenant_id AND m.id = b.member_id ' +
        "WHERE t.tenant_id = ? AND t.id = ? AND t.archived_at IS NULL AND m.state = 'active' ORDER BY m.id",
      [tenantId, teamId],
    );
    return rows.filter(({ role }) => answers(String(role) as MemberRole)).map(({ id }) => String(id));
  }

  /** Teams that are in use, by name. */
  async named(tenantId: string): Promise<readonly NamedTeam[]> {
    const rows = await this.read(
      tenantId,
      'SELECT id, name FROM auth_team WHERE tenant_id = ? AND archived_at IS NULL',
      [tenantId],
    );
    return rows.map(({ id, name }) => ({ id: String(id), name: String(name) })).sort(byName);
  }

  /** All teams with their members; those that were set aside last. */
  async list(tenantId: string): Promise<readonly TeamSummary[]> {
    const rows = await this.read(tenantId, 'SELECT id, name, version, archived_at FROM auth_team WHERE tenant_id = ?', [
      tenantId,
    ]);
    return this.summaries(tenantId, rows);
  }

  /** One team; undefined where there is none, here or anywhere. */
  async find(tenantId: string, id: string): Promise<TeamSummary | undefined> {
    const rows = await this.read(
      tenantId,
      'SELECT id, name, version, archived_at FROM auth_team WHERE tenant_id = ? AND id = ?',
      [tenantId, id],
    );
    return (await this.summaries(tenantId, rows))[0];
  }

  private async summaries(tenantId: string, rows: readonly SqlRow[]): Promise<readonly TeamSummary[]> {
    if (rows.length === 0) return [];
    const pairs = await this.read(tenantId, 'SELECT team_id, member_id FROM auth_team_member WHERE tenant_id = ?', [
      tenantId,
    ]);
    const teams = new Set(rows.map(({ id }) => String(id)));
    const of = pairs.filter(({ team_id: teamId }) => teams.has(String(teamId)));
    const names = await this.names.nameOf(tenantId, [...new Set(of.map(({ member_id: id }) => String(id)))]);
    const members = (teamId: string) =>
      of
        .filter((pair) => pair.team_id === teamId)
        .map(({ member_id: id }) => ({ id: String(id), name: names.get(String(id)) ?? null }))
        .sort((one, other) => (one.name ?? '').localeCompare(other.name ?? ''));
    return rows
      .map(({ id, name, version, archived_at: archivedAt }) => ({
        ...{ id: String(id), name: String(name), members: members(String(id)) },
        ...{ archived: archivedAt !== null, version: Number(version) },
      }))
      .sort((one, other) => Number(one.archived) - Number(other.archived) || byName(one, other));
  }

  private read(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return inTenant(tenantId, async () => this.ports.database.reader.all(sql, params));
  }
}

function byName(one: NamedTeam, other: NamedTeam): number {
  return one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1);
}

/** True where a role answers conversations. */
export function answers(role: MemberRole): boolean {
  return permissionsOf(role).has('conversations:reply');
}
