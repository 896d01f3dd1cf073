import { forUpdate, lastChangeOf, type SqlRow, type Tx, type Work } from '@libs/database';
import { announce } from '@libs/events';
import { inTenant } from '../in-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { AgentSessions } from '../sessions/agent-sessions.js';
import { memberErrors } from './member.errors.js';
import { type MemberChange, type RuledMember, refusalOf } from './member-rules.js';
import type { MemberWorks } from './member-works.js';
import { type MemberRole, permissionsOf } from './roles.js';

/** The member who acts. */
export interface ActingMember {
  readonly tenantId: string;
  readonly memberId: string;
  readonly correlationId: string;
}

/** One change: of whom, as of which version, into what, and what the journal calls it. */
interface Wanted {
  readonly id: string;
  readonly version: number;
  change(target: RuledMember): MemberChange;
  readonly kind: 'account.member-role-changed.v1' | 'account.member-disabled.v1' | 'account.member-enabled.v1';
  /** Who gets the work, where somebody is named. */
  readonly handOverTo?: string | undefined;
}

/**
 * Role and state of members. Each change is one unit of work with its journal entry and its row of the feed, so that it
 * takes effect within 5 s on requests and open sockets of every process. All owners are locked with the one concerned:
 * of two changes that would leave none the second sees the first.
 */
export class MemberChanges {
  constructor(
    private readonly ports: AuthPorts,
    private readonly sessions: AgentSessions,
    private readonly works: MemberWorks,
  ) {}

  /** Gives a role. Where it serves no conversations, those that are open go back to the queue. */
  async setRole(by: ActingMember, id: string, wish: { role: MemberRole; version: number }): Promise<void> {
    const { role, version } = wish;
    const change = ({ state }: RuledMember): MemberChange => ({ role, state });
    await this.apply(by, { id, version, change, kind: 'account.member-role-changed.v1' });
    if (!serves(role)) await this.handOver(by, id, null);
  }

  /** Ends all sessions at once; open work goes to `handOverTo` or back to the queue (F-0208). May be repeated. */
  async disable(by: ActingMember, id: string, wish: { version: number; handOverTo?: string }): Promise<void> {
    const { version, handOverTo } = wish;
    const change = ({ role }: RuledMember): MemberChange => ({ role, state: 'disabled' });
    await this.apply(by, { id, version, change, kind: 'account.member-disabled.v1', handOverTo });
    await this.handOver(by, id, handOverTo ?? null);
  }

  async enable(by: ActingMember, id: string, wish: { version: number }): Promise<void> {
    const change = ({ role }: RuledMember): MemberChange => ({ role, state: 'active' });
    await this.apply(by, { id, version: wish.version, change, kind: 'account.member-enabled.v1' });
  }

  private async apply(by: ActingMember, wanted: Wanted): Promise<void> {
    const { tenantId, correlationId } = by;
    const actor = { kind: 'member', id: by.memberId } as const;
    const news = { kind: 'role', tenantId, ref: wanted.id } as const;
    await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (work) => {
        await this.write(work, by, wanted);
        await announce(work.tx, news);
      }),
    );
    this.sessions.drop(news);
    // Sockets of this process need not wait for the next look; should it fail, the next one is a second away.
    await this.ports.feed.poll().catch(() => undefined);
  }

  private async write({ tx, record }: Work, by: ActingMember, wanted: Wanted): Promise<void> {
    const { tenantId } = by;
    const { id, version, kind, handOverTo } = wanted;
    const members = await lockMembers(tx, tenantId, [id, by.memberId, handOverTo ?? id]);
    const target = members.get(id);
    if (!target) throw memberErrors.notFound();
    if (target.version !== version) {
      throw memberErrors.editConflict(await lastChangeOf(tx, 'auth_member', { tenant_id: tenantId, id }));
    }
    const change = wanted.change(target);
    const owners = [...members.values()].filter(({ role, state }) => role === 'owner' && state === 'active').length;
    const refusal = refusalOf(target, change, members.get(by.memberId), owners);
    if (refusal) throw refusal;
    if (handOverTo !== undefined) assertTakesOver(members.get(handOverTo), id);
    await tx.run(
      'UPDATE auth_member SET role = ?, state = ?, version = version + 1, changed_by = ?, changed_at = ? ' +
        'WHERE tenant_id = ? AND id = ?',
      [change.role, change.state, by.memberId, this.ports.clock.now(), tenantId, id],
    );
    if (change.state === 'disabled') {
      await tx.run('DELETE FROM auth_team_member WHERE tenant_id = ? AND member_id = ?', [tenantId, id]);
      await tx.run(
        'UPDATE auth_session SET revoked_at = ? WHERE tenant_id = ? AND member_id = ? AND revoked_at IS NULL',
        [this.ports.clock.now(), tenantId, id],
      );
    }
    record({
      ...{ kind, subjectId: target.subjectId, resource: `member:${id}`, commitment: null },
      fields: kind === 'account.member-role-changed.v1' ? 'role' : 'state',
      ...(kind === 'account.member-disabled.v1' ? { detail: () => ({ handOverTo: handOverTo ?? null }) } : {}),
    });
  }

  private handOver({ tenantId, memberId: by, correlationId }: ActingMember, memberId: string, to: string | null) {
    return this.works.handOver({ tenantId, memberId, to, by, correlationId });
  }
}

/** True where a role answers conversations. */
function serves(role: MemberRole): boolean {
  return permissionsOf(role).has('conversations:reply');
}

function assertTakesOver(heir: RuledMember | undefined, leaverId: string): void {
  if (!heir) throw memberErrors.notFound();
  if (heir.id === leaverId || heir.state !== 'active' || !serves(heir.role)) throw memberErrors.handOverRefused();
}

/** `ids` and all active owners, in one order, until the commit. */
async function lockMembers(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, RuledMember>> {
  const rows = await tx.all(
    'SELECT id, subject_id, role, state, version FROM auth_member WHERE tenant_id = ? ' +
      `AND (id IN (?, ?, ?) OR (role = 'owner' AND state = 'active')) ORDER BY id${forUpdate(tx)}`,
    [tenantId, ...ids],
  );
  return new Map(rows.map((row) => [String(row.id), memberOf(row)]));
}

function memberOf(row: SqlRow): RuledMember {
  return {
    id: String(row.id),
    subjectId: String(row.subject_id),
    role: String(row.role) as MemberRole,
    state: String(row.state) as RuledMember['state'],
    version: Number(row.version),
  };
}
