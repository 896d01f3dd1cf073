import type { Actor, WriteSet } from '@libs/database';
import { newId } from '@libs/kernel';
import { blindIndex, commitment } from '@libs/privacy-core';
import { emailInvalid, emailTaken, mobileInvalid, mobileTaken } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import { loginBirth } from './login-birth.js';
import { EMAIL, MOBILE } from './login-fields.js';
import { isEmail, normaliseIdentifier } from './login-identifier.js';
import { normaliseMobile } from './mobile.js';
import type { PasswordHasher } from './password-hasher.js';
import { assertStrongPassword } from './password-policy.js';

/** What a login is made of, as it was typed. */
export interface LoginDraft {
  readonly email: string;
  readonly mobile?: string | undefined;
  readonly password: string;
}

/** The same, checked and in the form in which it is kept. */
export interface CheckedLogin {
  readonly email: string;
  readonly mobile: string | null;
  readonly password: string;
}

/** A login that is ready to be written. */
export interface PreparedLogin {
  readonly id: string;
  readonly subjectId: string;
  readonly secretHash: string;
  /** Of the platform's tenant: goes alone, or along with the set that the login is made for. */
  readonly set: WriteSet;
}

const SELF: Actor = { kind: 'system', id: 'logins' };

/** Mail and mobile number of a login as they are looked up. */
export interface LoginIndexes {
  readonly emailIndex: string;
  readonly mobileIndex: string | null;
}

/** When address and number were shown to be of whoever makes the login. */
export interface LoginProofs {
  readonly emailVerifiedAt?: number | undefined;
  readonly mobileVerifiedAt?: number | undefined;
}

/** Makes logins of the platform: one person, found by mail or mobile number. */
export class Logins {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
    private readonly hasher: PasswordHasher,
  ) {}

  /** Refuses what cannot be a login, naming the field; nothing is looked up. */
  check({ email: typed, mobile, password }: LoginDraft): CheckedLogin {
    const email = normaliseIdentifier(typed);
    if (!isEmail(email)) throw emailInvalid();
    const number = mobile === undefined ? null : normaliseMobile(mobile);
    if (number === undefined) throw mobileInvalid();
    assertStrongPassword(password, email);
    return { email, mobile: number, password };
  }

  /** Refuses with `account.email-taken` or `account.mobile-taken`: before keys are made, and again when they collide. */
  async assertFree(login: Pick<CheckedLogin, 'email' | 'mobile'>): Promise<void> {
    const { emailIndex, mobileIndex } = await this.indexesOf(login);
    if (await this.has('email_index', emailIndex)) throw emailTaken();
    if (mobileIndex !== null && (await this.has('mobile_index', mobileIndex))) throw mobileTaken();
  }

  async indexesOf({ email, mobile }: Pick<CheckedLogin, 'email' | 'mobile'>): Promise<LoginIndexes> {
    return { emailIndex: await this.emailIndex(email), mobileIndex: mobile && (await this.mobileIndex(mobile)) };
  }

  async emailIndex(email: string): Promise<string> {
    return blindIndex(await this.indexKey('login-email'), normaliseIdentifier(email));
  }

  /** Of a number in E.164. */
  async mobileIndex(mobile: string): Promise<string> {
    return blindIndex(await this.indexKey('login-mobile'), mobile);
  }

  /** Hashes, makes keys and seals: keys lie there before the row, and are swept where no row follows. */
  async prepare(
    login: CheckedLogin,
    how: { readonly actor: Actor; readonly correlationId: string } & LoginProofs,
  ): Promise<PreparedLogin> {
    const { cipher, clock, keys, subjects } = this.ports;
    const tenantId = await this.platform.id();
    const secretHash = await this.hasher.hash(login.password);
    const now = clock.now();
    const [id, subjectId] = [newId(now), newId(now)];
    await keys.create(tenantId, subjectId, ['contact']);
    await cipher.load(tenantId, [subjectId], 'contact');
    const emailSealed = cipher.seal(tenantId, subjectId, EMAIL, id, login.email, 'service-account');
    const mobileSealed =
      login.mobile === null ? null : cipher.seal(tenantId, subjectId, MOBILE, id, login.mobile, 'service-account');
    const row = { id, subjectId, emailSealed, mobileSealed, secretHash, createdAt: now };
    const { emailVerifiedAt = null, mobileVerifiedAt = null } = how;
    const set: WriteSet = {
      ...{ tenantId, actor: how.actor, purpose: 'service-account', correlationId: how.correlationId },
      steps: [
        subjects.step({ subjectId, create: 'login' }),
        loginBirth.step({ ...row, ...(await this.indexesOf(login)), emailVerifiedAt, mobileVerifiedAt }),
      ],
      journal: [
        {
          kind: 'account.login-created.v1',
          subjectId,
          resource: `login:${id}`,
          fields: 'email_sealed,email_index,mobile_sealed,mobile_index,secret_hash',
          commitment: commitment(Buffer.concat([emailSealed, mobileSealed ?? Buffer.alloc(0)])),
        },
      ],
    };
    return { id, subjectId, secretHash, set };
  }

  /** Notes that whoever has the login reads the mail of `email`; nothing where that is not its address. */
  async proveEmail(
    login: Pick<PreparedLogin, 'id' | 'subjectId'>,
    email: string,
    correlationId: string,
  ): Promise<void> {
    const { clock, work } = this.ports;
    const tenantId = await this.platform.id();
    const index = await this.emailIndex(email);
    const scope = { tenantId, actor: SELF, purpose: 'security', correlationId };
    await inTenant(tenantId, () =>
      work.run(scope, async ({ tx, record }) => {
        const proven = await tx.run(
          'UPDATE auth_login SET email_verified_at = ? ' +
            'WHERE tenant_id = ? AND id = ? AND email_index = ? AND email_verified_at IS NULL',
          [clock.now(), tenantId, login.id, index],
        );
        const fields = proven === 1 ? 'email_verified_at' : '';
        const resource = `login:${login.id}`;
        record({ kind: 'account.email-proven.v1', subjectId: login.subjectId, resource, fields, commitment: null });
      }),
    );
  }

  private async has(column: 'email_index' | 'mobile_index', index: string): Promise<boolean> {
    const tenantId = await this.platform.id();
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all(`SELECT id FROM auth_login WHERE tenant_id = ? AND ${column} = ?`, [
        tenantId,
        index,
      ]),
    );
    return rows.length > 0;
  }

  private async indexKey(name: 'login-email' | 'login-mobile'): Promise<Buffer> {
    return this.ports.keys.tenantKey(await this.platform.id(), name);
  }
}
