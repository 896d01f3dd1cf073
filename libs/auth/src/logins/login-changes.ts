import { type Actor, MEMBERS_OF_LOGIN, type SqlValue, type Work } from '@libs/database';
import { inTenant } from '../in-tenant.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { LoginEvents } from '../security/login-events.js';
import type { AgentSessions } from '../sessions/agent-sessions.js';
import { endSessions } from '../sessions/end-sessions.js';

/** Columns of a login that change after its birth. */
export type LoginColumn =
  | 'secret_hash'
  | 'secret_shared_at'
  | 'state'
  | 'email_sealed'
  | 'email_index'
  | 'email_verified_at'
  | 'mobile_sealed'
  | 'mobile_index'
  | 'mobile_verified_at'
  | 'second_failures'
  | 'second_locked_until';

/** A change of what somebody signs in with. */
export interface LoginChange {
  readonly login: { readonly id: string; readonly subjectId: string };
  readonly set: Readonly<Partial<Record<LoginColumn, SqlValue>>>;
  readonly kind:
    | 'account.login-frozen.v1'
    | 'account.password-changed.v1'
    | 'account.password-reset.v1'
    | 'account.email-changed.v1'
    | 'account.mobile-changed.v1';
  readonly actor: Actor;
  readonly correlationId: string;
  /** The session that asked: it goes on, all others of the login end. */
  readonly keep?: string | undefined;
  /** Workspaces that `recheck` looks at besides those where the login works. */
  readonly alsoIn?: readonly string[] | undefined;
  /** Looks once more, with the rows locked; throws what refuses the change. */
  readonly recheck?: ((work: Work) => Promise<void>) | undefined;
}

/**
 * Changes a login and ends its sessions in every workspace, in one transaction over all of them (F-0112): nobody who was
 * signed in with the old data stays so. A new password stands among what its owner sees of the login (P-1012).
 */
export class LoginChanges {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
    private readonly sessions: AgentSessions,
    private readonly events: LoginEvents,
  ) {}

  async apply(change: LoginChange): Promise<void> {
    const { login, set, kind, actor, correlationId, keep, recheck } = change;
    const { database, clock, work } = this.ports;
    const tenantId = await this.platform.id();
    const members = await database.reader.all<{ tenant_id: string; id: string }>(MEMBERS_OF_LOGIN, [login.id]);
    const times = { now: clock.now(), databaseNow: await database.databaseNow() };
    const alsoIn = [...members.map((member) => member.tenant_id), ...(change.alsoIn ?? [])];
    const scope = { tenantId, actor, purpose: 'security', correlationId, alsoIn };
    const columns = setColumns(set);
    const names = Object.keys(columns);
    const event = set.secret_hash === undefined ? undefined : await this.events.prepare(login, 'password-changed');
    await inTenant(tenantId, () =>
      work.run(scope, async (unit) => {
        await recheck?.(unit);
        await unit.tx.run(
          `UPDATE auth_login SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE tenant_id = ? AND id = ?`,
          [...Object.values(columns), tenantId, login.id],
        );
        if (event) await this.events.write(unit.tx, event);
        const resource = `login:${login.id}`;
        unit.record({ kind, subjectId: login.subjectId, resource, fields: names.join(), commitment: null });
        for (const { tenant_id, id: memberId } of members) {
          await endSessions(unit, { tenantId: tenant_id, memberId, keep }, times);
        }
      }),
    );
    // The one that goes on as well: it may owe less from now on.
    for (const { tenant_id, id: ref } of members) this.sessions.drop({ kind: 'session', tenantId: tenant_id, ref });
  }
}

/**
 * Whoever sets a password is the only one who knows it, unless the change says otherwise; what failed with the old one
 * counts no longer.
 */
function setColumns(set: LoginChange['set']): LoginChange['set'] {
  if (set.secret_hash === undefined) return set;
  return { secret_shared_at: null, second_failures: null, second_locked_until: null, ...set };
}
