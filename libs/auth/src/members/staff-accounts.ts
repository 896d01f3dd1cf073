import type { Actor } from '@libs/database';
import { newId } from '@libs/kernel';
import { loginNotFound } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { LoginChanges } from '../logins/login-changes.js';
import type { LoginDraft, Logins } from '../logins/logins.js';
import type { MemberDraft, NewMembers } from '../logins/new-members.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import { assertStrongPassword } from '../logins/password-policy.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

const SETUP: Actor = { kind: 'system', id: 'setup' };
/** A person who is being erased signs in nowhere, though the row may still be there. */
const LIVE_LOGIN =
  'FROM auth_login l JOIN privacy_data_subject d ON d.tenant_id = l.tenant_id AND d.id = l.subject_id ' +
  "WHERE l.tenant_id = ? AND d.tenant_id = ? AND d.state = 'live'";
const ACTIVE_LOGIN = `${LIVE_LOGIN} AND l.state = 'active'`;

/** A login that exists. */
export interface KnownLogin {
  readonly id: string;
  readonly subjectId: string;
  readonly secretHash: string;
}

/** What accounts are made with. */
export interface AccountParts {
  readonly platform: PlatformTenant;
  readonly hasher: PasswordHasher;
  readonly logins: Logins;
  readonly members: NewMembers;
  readonly changes: LoginChanges;
}

/** Finds logins; makes them and members, and sets passwords, for seeds and commands. */
export class StaffAccounts {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: AccountParts,
  ) {}

  /** The login of an e-mail, also a frozen one: whether it may be used is asked with each step of signing in. */
  async findLogin(identifier: string): Promise<KnownLogin | undefined> {
    const tenantId = await this.parts.platform.id();
    const index = await this.indexOf(identifier);
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ id: string; subject_id: string; secret_hash: string }>(
        `SELECT l.id, l.subject_id, l.secret_hash ${LIVE_LOGIN} AND l.email_index = ?`,
        [tenantId, tenantId, index],
      ),
    );
    return row && { id: row.id, subjectId: row.subject_id, secretHash: row.secret_hash };
  }

  /** Keyed index of an e-mail; also what attempts are counted by, so that memory holds no address in plain. */
  indexOf(identifier: string): Promise<string> {
    return this.parts.logins.emailIndex(identifier);
  }

  /** Makes a login of the platform: keys first, then person and row in one write set. */
  async createLogin(draft: LoginDraft): Promise<{ loginId: string }> {
    const { logins } = this.parts;
    const checked = logins.check(draft);
    await logins.assertFree(checked);
    const { id, set } = await logins.prepare(checked, this.setUp());
    await this.ports.committer.submit(set);
    return { loginId: id };
  }

  /** Makes a member of a tenant for a login that exists. */
  async createMember(draft: MemberDraft): Promise<{ memberId: string; subjectId: string }> {
    await this.assertLogin(draft.loginId);
    const { id, subjectId, set } = await this.parts.members.prepare(draft, this.setUp());
    await this.ports.committer.submit(set);
    return { memberId: id, subjectId };
  }

  /** True while the password and state of `login` are what they were. */
  async isCurrent({ id, secretHash }: KnownLogin): Promise<boolean> {
    const tenantId = await this.parts.platform.id();
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all(`SELECT l.id ${ACTIVE_LOGIN} AND l.id = ? AND l.secret_hash = ?`, [
        tenantId,
        tenantId,
        id,
        secretHash,
      ]),
    );
    return rows.length > 0;
  }

  /** Sets a password and ends the login's sessions in every tenant (F-0112). */
  async setPassword(identifier: string, password: string): Promise<void> {
    assertStrongPassword(password, identifier);
    const login = await this.findLogin(identifier);
    if (!login) throw loginNotFound();
    const secret_hash = await this.parts.hasher.hash(password);
    await this.parts.changes.apply({
      login,
      set: { secret_hash },
      kind: 'account.password-changed.v1',
      ...this.setUp(),
    });
  }

  private setUp(): { readonly actor: Actor; readonly correlationId: string } {
    return { actor: SETUP, correlationId: newId(this.ports.clock.now()) };
  }

  private async assertLogin(loginId: string): Promise<void> {
    const platform = await this.parts.platform.id();
    const rows = await inTenant(platform, () =>
      this.ports.database.reader.all(`SELECT l.id ${ACTIVE_LOGIN} AND l.id = ?`, [platform, platform, loginId]),
    );
    if (rows.length === 0) throw loginNotFound();
  }
}
