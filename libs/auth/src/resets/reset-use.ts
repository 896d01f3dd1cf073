import { TENANTS_OF_LOGIN, type Work } from '@libs/database';
import { blindIndex } from '@libs/privacy-core';
import { CODE_RULES } from '../codes/one-time-codes.js';
import { inTenant } from '../in-tenant.js';
import type { LoginChanges } from '../logins/login-changes.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import { assertStrongPassword } from '../logins/password-policy.js';
import { givingRefused, type RuledMember } from '../members/member-rules.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { ResetMaker } from './reset.entity.js';
import { resetInvalid } from './reset.errors.js';
import { openEmail, RESET_KEY } from './resets.js';

/** What taking a link works with. */
export interface ResetUseParts {
  readonly platform: PlatformTenant;
  readonly hasher: PasswordHasher;
  readonly changes: LoginChanges;
}

interface ResetRow {
  readonly id: string;
  readonly login_id: string;
  readonly subject_id: string;
  readonly made_by: ResetMaker;
  readonly made_in: string | null;
  readonly maker_id: string | null;
}

/** A link that can still be taken at a time, with the slack of clocks. */
const LIVE = 'tenant_id = ? AND token_index = ? AND used_at IS NULL AND expires_at > ? AND created_at <= ?';

/** Takes a link: once, of two at the same time one (decision 0007). */
export class ResetUse {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: ResetUseParts,
  ) {}

  /**
   * Sets the password, ends all sessions, lifts a freeze; the second factor stays. One transaction with the link's row.
   * Refuses with `account.reset-invalid` or `account.password-weak`; the latter leaves the link as it was.
   */
  async use({ token, password, correlationId }: { token: string; password: string; correlationId: string }) {
    const tenantId = await this.parts.platform.id();
    const tokenIndex = blindIndex(await this.ports.keys.tenantKey(tenantId, RESET_KEY), token);
    const now = this.ports.clock.now();
    const live = [tenantId, tokenIndex, now, now + CODE_RULES.skewMs] as const;
    const reset = await this.find(tenantId, live);
    const login = { id: reset.login_id, subjectId: reset.subject_id };
    assertStrongPassword(password, await openEmail(this.ports, { tenantId, ...login }));
    const secretHash = await this.parts.hasher.hash(password);
    await this.parts.changes.apply({
      ...{ login, kind: 'account.password-reset.v1', correlationId, actor: { kind: 'system', id: 'reset' } },
      // Whoever handed the link over could have opened it first: the person sets another one before anything else.
      set: { secret_hash: secretHash, state: 'active', secret_shared_at: reset.made_by === 'admin' ? now : null },
      alsoIn: reset.made_in === null ? [] : [reset.made_in],
      recheck: (work) => this.take(work, { tenantId, live, reset }),
    });
  }

  private async find(tenantId: string, live: readonly (string | number)[]): Promise<ResetRow> {
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<ResetRow>(
        `SELECT id, login_id, subject_id, made_by, made_in, maker_id FROM auth_reset WHERE ${LIVE}`,
        live,
      ),
    );
    if (!row) throw resetInvalid();
    return row;
  }

  private async take(
    { tx, record }: Work,
    taken: { readonly tenantId: string; readonly live: readonly (string | number)[]; readonly reset: ResetRow },
  ): Promise<void> {
    const { tenantId, live, reset } = taken;
    const hit = await tx.run(`UPDATE auth_reset SET used_at = ? WHERE ${LIVE}`, [this.ports.clock.now(), ...live]);
    const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
    const person = await tx.all(
      `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ? AND state = 'live'${lock}`,
      [tenantId, reset.subject_id],
    );
    if (hit !== 1 || person.length === 0 || !(await isStillAllowed(tx, reset))) throw resetInvalid();
    await tx.run('DELETE FROM auth_reset WHERE tenant_id = ? AND login_id = ? AND used_at IS NULL', [
      tenantId,
      reset.login_id,
    ]);
    record({
      kind: 'account.reset-used.v1',
      ...{ subjectId: reset.subject_id, resource: `reset:${reset.id}`, fields: 'used_at', commitment: null },
    });
  }
}

/**
 * What an admin made opens only what that admin may open at this moment: the login may have joined another workspace or
 * become an owner's since, and the admin may be one no more.
 */
async function isStillAllowed(tx: Work['tx'], { login_id, made_in, maker_id }: ResetRow): Promise<boolean> {
  if (made_in === null) return true;
  const tenants = await tx.all<{ tenant_id: string }>(TENANTS_OF_LOGIN, [login_id]);
  if (tenants.some(({ tenant_id }) => tenant_id !== made_in)) return false;
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  const members = await tx.all<Pick<RuledMember, 'id' | 'role' | 'state'> & { login_id: string }>(
    'SELECT id, login_id, role, state FROM auth_member WHERE tenant_id = ? AND (id = ? OR login_id = ?) ' +
      `ORDER BY id${lock}`,
    [made_in, maker_id, login_id],
  );
  const [maker, target] = [members.find(({ id }) => id === maker_id), members.find((one) => one.login_id === login_id)];
  return target !== undefined && givingRefused(maker, target.role, target.role) === undefined;
}
