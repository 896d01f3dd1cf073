import { type Actor, MEMBERS_OF_LOGIN, placeholders, type Tx } from '@libs/database';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import type { NamedEraser } from '@libs/privacy';
import { inTenant } from '../in-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { AgentSessions } from '../sessions/agent-sessions.js';

const ACTOR: Actor = { kind: 'system', id: 'auth-eraser' };
/** Rows of one transaction. */
const PAGE = 500;

/**
 * What sign-in holds about a person of the staff. Their member goes with its sessions; what colleagues have keeps its
 * id, and finds no name for it. A login goes with the sessions of its members in every tenant; the members themselves
 * are other persons' matter: each belongs to its tenant and has a subject of its own.
 */
export class AuthEraser implements NamedEraser {
  readonly name = 'auth';

  constructor(
    private readonly ports: AuthPorts,
    private readonly sessions: AgentSessions,
  ) {}

  /** The fence is closed: no session of this person is opened while this runs, and it may run again. */
  async erase(tenantId: string, subjectId: string): Promise<void> {
    for (const id of await this.idsOf('auth_member', tenantId, subjectId)) {
      await this.eraseMember(tenantId, subjectId, id);
    }
    await this.upkeep(tenantId, async (tx) =>
      tx.run('DELETE FROM auth_invitation WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]),
    );
    await this.upkeep(tenantId, async (tx) =>
      tx.run('DELETE FROM auth_code WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]),
    );
    for (const id of await this.idsOf('auth_login', tenantId, subjectId)) await this.eraseLogin(tenantId, id);
    await this.upkeep(tenantId, async (tx) =>
      tx.run('DELETE FROM auth_agreement WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]),
    );
  }

  private async eraseMember(tenantId: string, subjectId: string, memberId: string): Promise<void> {
    for (let page = PAGE; page === PAGE; ) {
      page = await this.upkeep(tenantId, (tx) => deleteSessions(tx, tenantId, subjectId));
    }
    const ended = { kind: 'session', tenantId, ref: memberId } as const;
    await this.upkeep(tenantId, async (tx) => {
      await tx.run('DELETE FROM auth_notice_confirmation WHERE tenant_id = ? AND member_id = ?', [tenantId, memberId]);
      await tx.run('DELETE FROM auth_team_member WHERE tenant_id = ? AND member_id = ?', [tenantId, memberId]);
      await tx.run('DELETE FROM auth_invitation_count WHERE tenant_id = ? AND counted_id = ?', [tenantId, memberId]);
      await tx.run('DELETE FROM auth_preference WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
      await tx.run('DELETE FROM auth_picture WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
      await tx.run('DELETE FROM auth_profile WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
      await tx.run('DELETE FROM auth_member WHERE tenant_id = ? AND id = ?', [tenantId, memberId]);
      await announce(tx, ended);
    });
    this.sessions.drop(ended);
  }

  /** Frozen first, so that a sign-in under way either sees that or is among the sessions that end next. */
  private async eraseLogin(tenantId: string, loginId: string): Promise<void> {
    await this.upkeep(tenantId, async (tx) =>
      tx.run("UPDATE auth_login SET state = 'frozen', secret_hash = '' WHERE tenant_id = ? AND id = ?", [
        tenantId,
        loginId,
      ]),
    );
    const { reader } = this.ports.database;
    const members = await reader.all<{ tenant_id: string; id: string }>(MEMBERS_OF_LOGIN, [loginId]);
    const correlationId = newId(this.ports.clock.now());
    for (const member of members) {
      await this.sessions.endAll({ tenantId: member.tenant_id, memberId: member.id, correlationId }, ACTOR);
    }
    await this.upkeep(tenantId, async (tx) => {
      for (const table of ['auth_recovery_code', 'auth_second_factor', 'auth_known_place', 'auth_login_event']) {
        await tx.run(`DELETE FROM ${table} WHERE tenant_id = ? AND login_id = ?`, [tenantId, loginId]);
      }
      await tx.run('DELETE FROM auth_reset WHERE tenant_id = ? AND login_id = ?', [tenantId, loginId]);
      await tx.run('DELETE FROM auth_login WHERE tenant_id = ? AND id = ?', [tenantId, loginId]);
    });
  }

  private async idsOf(
    table: 'auth_member' | 'auth_login',
    tenantId: string,
    subjectId: string,
  ): Promise<readonly string[]> {
    const sql = `SELECT id FROM ${table} WHERE tenant_id = ? AND subject_id = ?`;
    const rows = await inTenant(
      tenantId,
      () => this.ports.database.reader.all<{ id: string }>(sql, [tenantId, subjectId]),
      ACTOR,
    );
    return rows.map(({ id }) => id);
  }

  private upkeep<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.ports.work.upkeep(work, new Set([tenantId]));
  }
}

async function deleteSessions(tx: Tx, tenantId: string, subjectId: string): Promise<number> {
  const rows = await tx.all<{ id: string }>(
    'SELECT id FROM auth_session WHERE tenant_id = ? AND subject_id = ? LIMIT 500',
    [tenantId, subjectId],
  );
  if (rows.length === 0) return 0;
  return tx.run(`DELETE FROM auth_session WHERE tenant_id = ? AND id IN (${placeholders(rows.length)})`, [
    tenantId,
    ...rows.map(({ id }) => id),
  ]);
}
