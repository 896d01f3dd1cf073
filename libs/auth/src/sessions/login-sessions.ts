import type { SignInEntry } from '@libs/contracts';
import { type Actor, MEMBERS_OF_LOGIN } from '@libs/database';
import { agentSessionNotFound } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { LoginPerson } from '../second-factor/second-factors.js';
import type { LoginEvents } from '../security/login-events.js';
import type { AgentSessions } from './agent-sessions.js';
import { endSessions } from './end-sessions.js';

/** The sessions of one login over all its workspaces. */
export class LoginSessions {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: { readonly sessions: AgentSessions; readonly events: LoginEvents },
  ) {}

  /** What happened to the login, newest first; a session is named while it lives. */
  async entries(login: LoginPerson, current: string): Promise<readonly SignInEntry[]> {
    const [events, members] = await Promise.all([this.parts.events.list(login), this.membersOf(login.id)]);
    const lists = await Promise.all(members.map((one) => this.parts.sessions.list(one.tenant_id, one.id)));
    const live = new Set(lists.flat().map(({ id }) => id));
    return events.map((event) => {
      const sessionId = event.sessionId !== null && live.has(event.sessionId) ? event.sessionId : null;
      return { ...event, sessionId, current: event.sessionId === current };
    });
  }

  /** Ends one live session, whichever workspace it is of; 404 for one of another login. Other processes know within 5 s. */
  async end(login: LoginPerson, { id, correlationId }: { id: string; correlationId: string }): Promise<void> {
    for (const { tenant_id: tenantId, id: memberId } of await this.membersOf(login.id)) {
      const live = await this.parts.sessions.list(tenantId, memberId);
      if (live.some((session) => session.id === id)) {
        return this.parts.sessions.end({ tenantId, memberId, id, correlationId });
      }
    }
    throw agentSessionNotFound();
  }

  /** Ends all sessions but `keep`, in one transaction over all workspaces. */
  async endOthers(
    login: LoginPerson,
    { actor, correlationId, keep }: { readonly actor: Actor; readonly correlationId: string; readonly keep: string },
  ): Promise<void> {
    const { clock, work } = this.ports;
    const members = await this.membersOf(login.id);
    const times = { now: clock.now() };
    const [tenantId = '', ...alsoIn] = members.map((member) => member.tenant_id);
    const scope = { tenantId, actor, purpose: 'security', correlationId, alsoIn };
    const ended = await inTenant(tenantId, () =>
      work.run(scope, async (unit) => {
        const rows = [];
        for (const member of members) {
          const place = { tenantId: member.tenant_id, memberId: member.id, keep };
          rows.push(...(await endSessions(unit, place, times)));
        }
        return rows;
      }),
    );
    for (const row of ended) this.parts.sessions.drop(row);
  }

  private async membersOf(loginId: string): Promise<readonly { readonly tenant_id: string; readonly id: string }[]> {
    return this.ports.database.reader.all<{ tenant_id: string; id: string }>(MEMBERS_OF_LOGIN, [loginId]);
  }
}
