import type { Actor, Step, WriteSet } from '@libs/database';
import { insertRow, MEMBERS_OF_LOGIN } from '@libs/database';
import { newId, UserError } from '@libs/kernel';
import { field, type SubjectKind } from '@libs/privacy';
import { blindIndex, commitment, type KeyGroup } from '@libs/privacy-core';
import { loginNotFound } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import { isEmail, normaliseIdentifier } from '../logins/login-identifier.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import { assertStrongPassword } from '../logins/password-policy.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { AgentSessions } from '../sessions/agent-sessions.js';
import { DISPLAY_NAME } from './member-names.js';
import type { MemberRole } from './roles.js';

const EMAIL = field('auth_login', 'email_sealed', 'contact', ['service-account', 'security']);
const SETUP: Actor = { kind: 'system', id: 'setup' };
/** A person who is being erased signs in nowhere, though the row may still be there. */
const LIVE_LOGIN =
  'FROM auth_login l JOIN privacy_data_subject d ON d.tenant_id = l.tenant_id AND d.id = l.subject_id ' +
  "WHERE l.tenant_id = ? AND d.tenant_id = ? AND d.state = 'live'";
const ACTIVE_LOGIN = `${LIVE_LOGIN} AND l.state = 'active'`;
const LOGIN_COLUMNS = [
  'id',
  'subject_id',
  'email_sealed',
  'email_index',
  'secret_hash',
  'state',
  'created_at',
] as const;
const MEMBER_COLUMNS = ['id', 'subject_id', 'login_id', 'role', 'display_name_sealed', 'state', 'created_at'] as const;

/** A login that exists. */
export interface KnownLogin {
  readonly id: string;
  readonly subjectId: string;
  readonly secretHash: string;
}

interface Birth {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly kind: SubjectKind;
  readonly row: Step;
  readonly entry: {
    readonly kind: string;
    readonly resource: string;
    readonly fields: string;
    readonly sealed: Buffer;
  };
}

/** Makes logins and members, and sets passwords: for seeds and commands; screens for it come with accounts. */
export class StaffAccounts {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
    private readonly hasher: PasswordHasher,
    private readonly sessions: AgentSessions,
  ) {}

  /** The login of an e-mail, also a frozen one: whether it may be used is asked with each step of signing in. */
  async findLogin(identifier: string): Promise<KnownLogin | undefined> {
    const tenantId = await this.platform.id();
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
  async indexOf(identifier: string): Promise<string> {
    return blindIndex(
      await this.ports.keys.tenantKey(await this.platform.id(), 'login-email'),
      normaliseIdentifier(identifier),
    );
  }

  /** Makes a login of the platform: keys first, then person and row in one write set. */
  async createLogin(input: { readonly email: string; readonly password: string }): Promise<{ loginId: string }> {
    const email = normaliseIdentifier(input.email);
    if (!isEmail(email)) throw new UserError('account.email-invalid', 'This is no e-mail address.', { status: 422 });
    assertStrongPassword(input.password, email);
    if (await this.findLogin(email)) {
      throw new UserError('account.login-exists', 'There is a login with this e-mail.', { status: 409 });
    }
    const tenantId = await this.platform.id();
    const secretHash = await this.hasher.hash(input.password);
    const now = this.ports.clock.now();
    const [loginId, subjectId] = [newId(now), newId(now)];
    await this.makeKeys(tenantId, subjectId, EMAIL.group);
    const sealed = this.ports.cipher.seal(tenantId, subjectId, EMAIL, loginId, email, 'service-account');
    const values = [loginId, subjectId, sealed, await this.indexOf(email), secretHash, 'active', now];
    await this.commit({
      ...{ tenantId, subjectId, kind: 'login' },
      row: insertRow.step({ table: 'auth_login', columns: LOGIN_COLUMNS, values }),
      entry: {
        kind: 'account.login-created.v1',
        resource: `login:${loginId}`,
        fields: 'email_sealed,email_index,secret_hash',
        sealed,
      },
    });
    return { loginId };
  }

  /** Makes a member of a tenant for a login that exists. */
  async createMember(input: {
    readonly tenantId: string;
    readonly loginId: string;
    readonly role: MemberRole;
    readonly displayName: string;
  }): Promise<{ memberId: string; subjectId: string }> {
    const { tenantId, loginId, role } = input;
    await this.assertLogin(loginId);
    const now = this.ports.clock.now();
    const [memberId, subjectId] = [newId(now), newId(now)];
    await this.makeKeys(tenantId, subjectId, DISPLAY_NAME.group);
    const name = input.displayName.normalize('NFC').trim();
    const sealed = this.ports.cipher.seal(tenantId, subjectId, DISPLAY_NAME, memberId, name, 'service-account');
    const values = [memberId, subjectId, loginId, role, sealed, 'active', now];
    await this.commit({
      ...{ tenantId, subjectId, kind: 'member' },
      row: insertRow.step({ table: 'auth_member', columns: MEMBER_COLUMNS, values }),
      entry: {
        kind: 'account.member-created.v1',
        resource: `member:${memberId}`,
        fields: 'role,display_name_sealed',
        sealed,
      },
    });
    return { memberId, subjectId };
  }

  /** True while the password and state of `login` are what they were. */
  async isCurrent({ id, secretHash }: KnownLogin): Promise<boolean> {
    const tenantId = await this.platform.id();
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

  /**
   * Sets a password, then ends the login's sessions in every tenant (F-0112): one transaction per tenant, as each
   * belongs to its own. When it fails half-way, calling it again finishes the work.
   */
  async setPassword(identifier: string, password: string): Promise<void> {
    assertStrongPassword(password, identifier);
    const login = await this.findLogin(identifier);
    if (!login) throw loginNotFound();
    const correlationId = newId(this.ports.clock.now());
    await this.replaceSecret(login, await this.hasher.hash(password), correlationId);
    const { reader } = this.ports.database;
    const members = await reader.all<{ tenant_id: string; id: string }>(MEMBERS_OF_LOGIN, [login.id]);
    for (const { tenant_id: tenantId, id: memberId } of members) {
      await this.sessions.endAll({ tenantId, memberId, correlationId }, SETUP);
    }
  }

  private async replaceSecret(login: KnownLogin, secretHash: string, correlationId: string): Promise<void> {
    const tenantId = await this.platform.id();
    await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor: SETUP, purpose: 'security', correlationId }, async (work) => {
        await work.tx.run('UPDATE auth_login SET secret_hash = ? WHERE tenant_id = ? AND id = ?', [
          secretHash,
          tenantId,
          login.id,
        ]);
        work.record({
          kind: 'account.password-changed.v1',
          subjectId: login.subjectId,
          resource: `login:${login.id}`,
          fields: 'secret_hash',
          commitment: null,
        });
      }),
    );
  }

  private async assertLogin(loginId: string): Promise<void> {
    const platform = await this.platform.id();
    const rows = await inTenant(platform, () =>
      this.ports.database.reader.all(`SELECT l.id ${ACTIVE_LOGIN} AND l.id = ?`, [platform, platform, loginId]),
    );
    if (rows.length === 0) throw loginNotFound();
  }

  private async makeKeys(tenantId: string, subjectId: string, group: KeyGroup): Promise<void> {
    await this.ports.keys.create(tenantId, subjectId, [group]);
    await this.ports.cipher.load(tenantId, [subjectId], group);
  }

  private commit({ tenantId, subjectId, kind, row, entry }: Birth): Promise<void> {
    const { sealed, ...journal } = entry;
    const set: WriteSet = {
      tenantId,
      actor: SETUP,
      purpose: 'service-account',
      correlationId: newId(this.ports.clock.now()),
      steps: [this.ports.subjects.step({ subjectId, create: kind }), row],
      journal: [{ ...journal, subjectId, commitment: commitment(sealed) }],
    };
    return this.ports.committer.submit(set);
  }
}
