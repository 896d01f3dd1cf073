import type { MemberPage, MemberSummary } from '@libs/contracts';
import { placeholders, type SqlRow, type SqlValue } from '@libs/database';
import { inTenant } from '../in-tenant.js';
import type { InvitationRow, Invitations } from '../invitations/invitations.js';
import type { AuthPorts } from '../ports.js';
import type { MemberNames } from './member-names.js';
import type { MemberRole } from './roles.js';

/** Whether a login has a second factor. */
export interface EnrolledLogins {
  isEnrolled(loginId: string): Promise<boolean>;
}

/** Longest page of members. */
const MOST = 100;

/** The members of a workspace for those who manage them, the invited among them; oldest first. */
export class MemberDirectory {
  constructor(
    private readonly ports: Pick<AuthPorts, 'database'>,
    private readonly parts: {
      readonly names: MemberNames;
      readonly invitations: Pick<Invitations, 'openAfter'>;
      readonly factors: EnrolledLogins;
    },
  ) {}

  /** A page after the id `cursor`. */
  async page(tenantId: string, cursor = '', limit = 50): Promise<Omit<MemberPage, 'total'>> {
    const take = Math.min(Math.max(1, limit), MOST);
    const members = await this.read(
      tenantId,
      `SELECT id, login_id, role, state, version FROM auth_member WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ${take + 1}`,
      [tenantId, cursor],
    );
    const invited = await this.parts.invitations.openAfter(tenantId, cursor, take + 1);
    const ids = [...members.map(({ id }) => String(id)), ...invited.map(({ id }) => id)].sort().slice(0, take + 1);
    const next = ids.length > take ? ids[take - 1]! : null;
    const shown = new Set(ids.slice(0, take));
    const items = [
      ...(await this.membersOf(
        tenantId,
        members.filter(({ id }) => shown.has(String(id))),
      )),
      ...invited.filter(({ id }) => shown.has(id)).map(invitedOf),
    ];
    return { items: items.sort((one, other) => (one.id < other.id ? -1 : 1)), next };
  }

  /** How many all pages have. */
  async count(tenantId: string): Promise<number> {
    const [row] = await this.read(
      tenantId,
      'SELECT (SELECT COUNT(*) FROM auth_member WHERE tenant_id = ?) + (SELECT COUNT(*) FROM auth_invitation ' +
        "WHERE tenant_id = ? AND state = 'open' AND email_sealed IS NOT NULL) AS n",
      [tenantId, tenantId],
    );
    return Number(row?.n ?? 0);
  }

  /** One member; undefined where there is none, here or anywhere. */
  async find(tenantId: string, id: string): Promise<MemberSummary | undefined> {
    const rows = await this.read(
      tenantId,
      'SELECT id, login_id, role, state, version FROM auth_member WHERE tenant_id = ? AND id = ?',
      [tenantId, id],
    );
    return (await this.membersOf(tenantId, rows))[0];
  }

  private async membersOf(tenantId: string, rows: readonly SqlRow[]): Promise<MemberSummary[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => String(id));
    const [names, seen, enrolled] = await Promise.all([
      this.parts.names.nameOf(tenantId, ids),
      this.lastSeen(tenantId, ids),
      Promise.all(rows.map(({ login_id: loginId }) => this.parts.factors.isEnrolled(String(loginId)))),
    ]);
    return rows.map((row, at) => ({
      id: String(row.id),
      displayName: names.get(String(row.id)) ?? '',
      role: String(row.role) as MemberRole,
      state: String(row.state) as MemberSummary['state'],
      secondFactor: enrolled[at]!,
      lastSeenAt: seen.get(String(row.id)) ?? null,
      expiresAt: null,
      version: Number(row.version),
    }));
  }

  /** By the sessions that are still kept. */
  private async lastSeen(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.read(
      tenantId,
      'SELECT member_id, MAX(last_seen_at) AS seen FROM auth_session WHERE tenant_id = ? ' +
        `AND member_id IN (${placeholders(ids.length)}) GROUP BY member_id`,
      [tenantId, ...ids],
    );
    return new Map(rows.map(({ member_id: id, seen }) => [String(id), Number(seen)]));
  }

  private read(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return inTenant(tenantId, async () => this.ports.database.reader.all(sql, params));
  }
}

function invitedOf({ id, shownEmail, role, expiresAt, version }: InvitationRow): MemberSummary {
  return {
    ...{ id, displayName: shownEmail, role, state: 'invited', secondFactor: false, lastSeenAt: null },
    ...{ expiresAt, version },
  };
}
