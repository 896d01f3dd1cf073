import { forUpdate, TENANTS_OF_LOGIN, type Tx, type Work } from '@libs/database';
import { blindIndex } from '@libs/privacy-core';
import { CODE_RULES } from '../codes/one-time-codes.js';
import { inTenant } from '../in-tenant.js';
import type { LoginChanges } from '../logins/login-changes.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import { assertStrongPassword } from '../logins/password-policy.js';
import { givingRefused, type RuledMember } from '../members/member-rules.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { SecurityLetters } from '../security/security-letters.js';
import type { ResetMaker } from './reset.entity.js';
import { resetInvalid } from './reset.errors.js';
import { openEmail, RESET_KEY } from './resets.js';

/** What taking a link works with. */
export interface ResetUseParts {
  readonly platform: PlatformTenant;
  readonly hasher: PasswordHasher;
  readonly changes: LoginChanges;
  readonly letters: Pick<SecurityLetters, 'tell'>;
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
   * Sets the password, ends all sessions, lifts a freeze. The second factor stays, unless the link is the first thing
   * that shows whose the address is (see `proveAddress`). One transaction with the link's row.
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
    let cleared = false;
    await this.parts.changes.apply({
      ...{ login, kind: 'account.password-reset.v1', correlationId, actor: { kind: 'system', id: 'reset' } },
      // Whoever handed the link over could have opened it first: the person sets another one before anything else.
      set: { secret_hash: secretHash, state: 'active', ...setBy(reset, now) },
      alsoIn: reset.made_in === null ? [] : [reset.made_in],
      recheck: async (work) => {
        cleared = await this.take(work, { tenantId, live, reset });
      },
    });
    if (cleared) this.parts.letters.tell(login, 'proofs-cleared', { correlationId });
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
  ): Promise<boolean> {
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
    const cleared = reset.made_by === 'mail' && (await proveAddress(tx, tenantId, reset, this.ports.clock.now()));
    const fields = cleared ? 'used_at,mobile_verified_at,secret_sealed,code_index,place_index' : 'used_at';
    record({
      kind: 'account.reset-used.v1',
      ...{ subjectId: reset.subject_id, resource: `reset:${reset.id}`, fields, commitment: null },
    });
    return cleared;
  }
}

/**
 * Whoever handed the link over could have opened it first: the person sets another password before anything else, and
 * has yet to show that the address is theirs.
 */
function setBy({ made_by }: ResetRow, now: number) {
  return made_by === 'admin' ? { secret_shared_at: now, email_verified_at: null } : {};
}

/**
 * A letter was read, so the address is theirs. Where nobody had shown that before, somebody else may have made the login
 * and bound it to a phone or an app of their own: all that goes, or they would go on opening it. True if anything went.
 */
async function proveAddress(tx: Tx, tenantId: string, reset: ResetRow, now: number): Promise<boolean> {
  const [login] = await tx.all<{ email_verified_at: number | null; mobile_verified_at: number | null }>(
    `SELECT email_verified_at, mobile_verified_at FROM auth_login WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
    [tenantId, reset.login_id],
  );
  if (!login || login.email_verified_at !== null) return false;
  let gone = login.mobile_verified_at === null ? 0 : 1;
  await tx.run(
    'UPDATE auth_login SET email_verified_at = ?, mobile_verified_at = NULL WHERE tenant_id = ? AND id = ?',
    [...[now, tenantId], reset.login_id],
  );
  for (const table of ['auth_recovery_code', 'auth_second_factor', 'auth_known_place']) {
    gone += await tx.run(`DELETE FROM ${table} WHERE tenant_id = ? AND login_id = ?`, [tenantId, reset.login_id]);
  }
  await tx.run('DELETE FROM auth_code WHERE tenant_id = ? AND subject_id = ?', [tenantId, reset.subject_id]);
  return gone > 0;
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
