import type { EmailChange, EmailChanged, IdentityProof, MobileChange, PasswordChange } from '@libs/contracts';
import { forUpdate, type SqlValue, type Work } from '@libs/database';
import { AppError } from '@libs/kernel';
import { changeLimited, emailInvalid, emailTaken, mobileInvalid, mobileTaken, noWorkspace } from '../auth.errors.js';
import type { OneTimeCodes } from '../codes/one-time-codes.js';
import type { RequestLimits } from '../codes/request-limits.js';
import { inTenant } from '../in-tenant.js';
import type { LoginChange, LoginChanges } from '../logins/login-changes.js';
import { EMAIL, MOBILE } from '../logins/login-fields.js';
import { isEmail, normaliseIdentifier } from '../logins/login-identifier.js';
import type { Logins } from '../logins/logins.js';
import { normaliseMobile } from '../logins/mobile.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import { assertStrongPassword } from '../logins/password-policy.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { IdentityChecks } from '../security/identity-checks.js';
import type { LoginStanding, LoginStandings } from '../sign-in/login-standing.js';
import type { ChangeLetters } from './change-letters.js';
import type { EmailChanges } from './email-changes.js';

/** New addresses, and numbers that no code is sent to, which a login may try in a day: each answer may tell of another. */
export const CHANGES_A_DAY = 5;

/** Who changes, from where; the session goes on, all others of the login end. */
export interface BasicDataCaller {
  readonly tenantId: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly address: string;
  readonly correlationId: string;
}

/** What changing works with. */
export interface BasicDataParts {
  readonly platform: PlatformTenant;
  readonly standings: LoginStandings;
  readonly identity: IdentityChecks;
  readonly logins: Logins;
  readonly hasher: PasswordHasher;
  readonly changes: LoginChanges;
  readonly codes: Pick<OneTimeCodes, 'available' | 'take'>;
  readonly letters: ChangeLetters;
  readonly emails: EmailChanges;
  readonly limits: RequestLimits;
}

interface Proven {
  readonly login: LoginStanding;
  /** The address before the change. */
  readonly email: string;
}

/** Changes what a person signs in with, after a check who sits at the keyboard (F-0112). */
export class BasicData {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: BasicDataParts,
  ) {}

  async changePassword(caller: BasicDataCaller, { proof, password }: PasswordChange): Promise<void> {
    const proven = await this.prove(caller, proof);
    assertStrongPassword(password, proven.email);
    const secret_hash = await this.parts.hasher.hash(password);
    await this.apply(caller, proven, {
      ...{ kind: 'account.password-changed.v1', set: { secret_hash, secret_shared_at: null } },
      // Of two who knew the old one only the first has changed it.
      recheck: (work) => this.assertSame(work, proven.login),
    });
    await this.tell('password', caller, proven);
  }

  /** Where mail can be sent, a link goes to the new address and nothing changes yet; else it changes at once, unproven. */
  async changeEmail(caller: BasicDataCaller, { proof, email: typed }: EmailChange): Promise<EmailChanged> {
    const email = normaliseIdentifier(typed);
    if (!isEmail(email)) throw emailInvalid();
    const proven = await this.prove(caller, proof);
    await this.count('email', proven.login);
    const { emails } = this.parts;
    if (emails.available) {
      const { sessionId, correlationId } = caller;
      emails.request({ login: proven.login, email, sessionId, correlationId });
      return { linkSent: true };
    }
    const email_index = await this.parts.logins.emailIndex(email);
    const email_sealed = await this.seal(proven.login, EMAIL, email);
    const recheck = this.free('email_index', email_index, proven.login.id, emailTaken);
    const set = { email_sealed, email_index, email_verified_at: null };
    await this.apply(caller, proven, { kind: 'account.email-changed.v1', set, recheck });
    await this.tell('email', caller, proven);
    return { linkSent: false };
  }

  async changeMobile(caller: BasicDataCaller, { proof, mobile: typed, code }: MobileChange): Promise<void> {
    const mobile = normaliseMobile(typed);
    if (mobile === undefined) throw mobileInvalid();
    const proven = await this.prove(caller, proof);
    const { codes } = this.parts;
    if (codes.available) await codes.take({ use: 'change-mobile', mobile, code: code ?? '' });
    else await this.count('mobile', proven.login);
    const mobile_verified_at = codes.available ? this.ports.clock.now() : null;
    const mobile_index = await this.parts.logins.mobileIndex(mobile);
    const mobile_sealed = await this.seal(proven.login, MOBILE, mobile);
    const set = { mobile_sealed, mobile_index, mobile_verified_at };
    const recheck = this.free('mobile_index', mobile_index, proven.login.id, mobileTaken);
    await this.apply(caller, proven, { kind: 'account.mobile-changed.v1', set, recheck });
    await this.tell('mobile', caller, proven);
  }

  private async prove({ tenantId, memberId, address }: BasicDataCaller, proof: IdentityProof): Promise<Proven> {
    const login = await this.parts.standings.ofMember(tenantId, memberId);
    if (!login) throw noWorkspace();
    await this.parts.identity.check(login, proof, address);
    return { login, email: await this.emailOf(login) };
  }

  private async count(what: 'email' | 'mobile', { id }: LoginStanding): Promise<void> {
    const limit = { what: `change:${what}`, whom: id, most: CHANGES_A_DAY, hours: 24 } as const;
    const wait = await this.parts.limits.wait([limit]);
    if (wait !== undefined) throw changeLimited(wait);
  }

  private async apply(
    { memberId, sessionId, correlationId }: BasicDataCaller,
    { login }: Proven,
    change: Pick<LoginChange, 'kind' | 'set' | 'recheck'>,
  ): Promise<void> {
    const actor = { kind: 'member', id: memberId } as const;
    const apply = () => this.parts.changes.apply({ ...change, login, actor, correlationId, keep: sessionId });
    try {
      await apply();
    } catch (error) {
      if (error instanceof AppError) throw error;
      // Another process may have taken the same value at the same moment: asked again, the look before it tells.
      await apply();
    }
  }

  /** Looks, with what is there locked, whether another login has the value. */
  private free(column: 'email_index' | 'mobile_index', index: string, loginId: string, refuse: () => AppError) {
    return async ({ tx }: Work): Promise<void> => {
      const sql = `SELECT id FROM auth_login WHERE tenant_id = ? AND ${column} = ?${forUpdate(tx)}`;
      const rows = await tx.all<{ id: string }>(sql, [await this.parts.platform.id(), index]);
      if (rows.some(({ id }) => id !== loginId)) throw refuse();
    };
  }

  private async assertSame({ tx }: Work, { id, secretHash }: LoginStanding): Promise<void> {
    const sql = `SELECT id FROM auth_login WHERE tenant_id = ? AND id = ? AND secret_hash = ?${forUpdate(tx)}`;
    if ((await tx.all(sql, [await this.parts.platform.id(), id, secretHash])).length === 0) throw noWorkspace();
  }

  private async seal({ id, subjectId }: LoginStanding, spec: typeof EMAIL, text: string): Promise<SqlValue> {
    const tenantId = await this.parts.platform.id();
    await this.ports.cipher.load(tenantId, [subjectId], spec.group);
    return this.ports.cipher.seal(tenantId, subjectId, spec, id, text, 'service-account');
  }

  private async emailOf({ id, subjectId }: LoginStanding): Promise<string> {
    const tenantId = await this.parts.platform.id();
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ email_sealed: Buffer }>(
        'SELECT email_sealed FROM auth_login WHERE tenant_id = ? AND id = ?',
        [tenantId, id],
      ),
    );
    if (!row) throw noWorkspace();
    await this.ports.cipher.load(tenantId, [subjectId], EMAIL.group);
    // libsql answers blobs as ArrayBuffer.
    return this.ports.cipher.open(tenantId, subjectId, EMAIL, id, Buffer.from(row.email_sealed), 'security');
  }

  private async tell(what: 'password' | 'email' | 'mobile', caller: BasicDataCaller, { login, email }: Proven) {
    const { id: loginId, subjectId } = login;
    const tenantId = await this.parts.platform.id();
    this.parts.letters.tell(what, email, { tenantId, subjectId, loginId, correlationId: caller.correlationId });
  }
}
