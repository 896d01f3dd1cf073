import type { OneTimeLink } from '@libs/contracts';
import { type Actor, TENANTS_OF_LOGIN, type Work } from '@libs/database';
import { newId, randomToken } from '@libs/kernel';
import { blindIndex } from '@libs/privacy-core';
import { loginNotFound } from '../auth.errors.js';
import type { Background } from '../codes/background.js';
import type { LoginNumbers } from '../codes/login-numbers.js';
import type { RequestLimits } from '../codes/request-limits.js';
import { inTenant } from '../in-tenant.js';
import { EMAIL } from '../logins/login-fields.js';
import type { Logins } from '../logins/logins.js';
import { normaliseMobile } from '../logins/mobile.js';
import { memberErrors } from '../members/member.errors.js';
import type { MemberRole } from '../members/roles.js';
import type { KnownLogin, StaffAccounts } from '../members/staff-accounts.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import { addressKey } from '../sign-in/attempt-guard.js';
import type { ResetMaker } from './reset.entity.js';
import { resetElsewhere, resetOwn, resetOwner } from './reset.errors.js';
import { resetLetter } from './reset-letter.js';

/** Life and limits of links. */
export const RESET_RULES = {
  livesMs: 30 * 60_000,
  perLoginHour: 3,
  perLoginDay: 10,
  perAddressHour: 20,
  onPlatformHour: 500,
} as const;

/** What resets stand on. */
export interface ResetParts {
  readonly platform: PlatformTenant;
  readonly accounts: StaffAccounts;
  readonly logins: Logins;
  readonly numbers: LoginNumbers;
  readonly limits: RequestLimits;
  readonly background: Background;
}

/** An admin who makes a link for a colleague. */
export interface AdminReset {
  readonly tenantId: string;
  readonly by: { readonly memberId: string; readonly role: string };
  readonly memberId: string;
  readonly correlationId: string;
}

interface Making {
  readonly login: Pick<KnownLogin, 'id' | 'subjectId'>;
  readonly madeBy: ResetMaker;
  readonly actor: Actor;
  readonly correlationId: string;
  /** The workspace and its admin who makes it; the act stands in the workspace's journal too. */
  readonly within?: { readonly tenantId: string; readonly memberId: string };
  /** Looks once more inside the transaction; throws what refuses. */
  readonly recheck?: (work: Work) => Promise<void>;
}

/** Name of the key of the links' hashes. */
export const RESET_KEY = 'password-reset';
const BY_MAIL: Actor = { kind: 'system', id: 'reset-by-mail' };
const CONSOLE: Actor = { kind: 'system', id: 'console' };
const COLUMNS = [
  ...['tenant_id', 'id', 'login_id', 'subject_id', 'made_by', 'made_in', 'maker_id'],
  ...['token_index', 'created_at', 'expires_at'],
];

/** Makes links that set a new password: by mail, by an admin, on the server's console. */
export class Resets {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: ResetParts,
  ) {}

  /** Sends a link by mail, if there is a login, mail can be sent and no limit is reached. Neither answer nor time tells. */
  request(wish: { readonly identifier: string; readonly address: string; readonly correlationId: string }): void {
    if (!this.ports.outgoing.mail.available) return;
    this.parts.background.start('account.reset-not-sent', () => this.mail(wish));
  }

  /** A link that an admin hands over; `account.reset-elsewhere` where the login has members in other workspaces. */
  async makeByAdmin({ tenantId, by, memberId, correlationId }: AdminReset): Promise<OneTimeLink> {
    if (by.memberId === memberId) throw resetOwn();
    const [member] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ login_id: string; role: MemberRole }>(
        "SELECT login_id, role FROM auth_member WHERE tenant_id = ? AND id = ? AND state = 'active'",
        [tenantId, memberId],
      ),
    );
    if (!member) throw memberErrors.notFound();
    if (member.role === 'owner' && by.role !== 'owner') throw resetOwner();
    const login = await this.loginOf(member.login_id);
    return this.make({
      ...{ login, madeBy: 'admin', within: { tenantId, memberId: by.memberId }, correlationId },
      actor: { kind: 'member', id: by.memberId },
      recheck: async ({ tx, record }) => {
        const tenants = await tx.all<{ tenant_id: string }>(TENANTS_OF_LOGIN, [login.id]);
        if (tenants.some((row) => row.tenant_id !== tenantId)) throw resetElsewhere();
        const resource = `member:${memberId}`;
        record({ kind: 'account.reset-made.v1', subjectId: null, resource, fields: '', commitment: null }, tenantId);
      },
    });
  }

  /** A link for whoever runs the server: the way back for a last owner. `account.login-not-found`. */
  async makeOnConsole(identifier: string): Promise<OneTimeLink> {
    const login = await this.find(identifier);
    if (!login) throw loginNotFound();
    return this.make({ login, madeBy: 'console', actor: CONSOLE, correlationId: newId(this.ports.clock.now()) });
  }

  private async mail(wish: { readonly identifier: string; readonly address: string; readonly correlationId: string }) {
    const { identifier, address, correlationId } = wish;
    if (!(await this.isLetThrough('platform', '', address))) return;
    const login = await this.find(identifier);
    if (!login || !(await this.isLetThrough('login', login.id, address))) return;
    const { id, url } = await this.make({ login, madeBy: 'mail', actor: BY_MAIL, correlationId });
    const tenantId = await this.parts.platform.id();
    const occasion = { tenantId, subjectId: login.subjectId, resource: `reset:${id}`, correlationId };
    await this.ports.outgoing.mail.send(resetLetter(await this.emailOf(login), url), occasion);
  }

  private async make({ login, madeBy, actor, correlationId, within, recheck }: Making) {
    const tenantId = await this.parts.platform.id();
    const now = this.ports.clock.now();
    const id = newId(now);
    const token = randomToken(32);
    const tokenIndex = blindIndex(await this.ports.keys.tenantKey(tenantId, RESET_KEY), token);
    const expiresAt = now + RESET_RULES.livesMs;
    const scope = { tenantId, actor, purpose: 'security', correlationId, alsoIn: within ? [within.tenantId] : [] };
    const maker = [within?.tenantId ?? null, within?.memberId ?? null];
    const row = [tenantId, id, login.id, login.subjectId, madeBy, ...maker, tokenIndex, now, expiresAt];
    await inTenant(tenantId, () =>
      this.ports.work.run(scope, async (work) => {
        await recheck?.(work);
        // The newest letter holds. A stranger who asks for letters takes away no link that an admin has handed over.
        await work.tx.run(
          'DELETE FROM auth_reset WHERE tenant_id = ? AND login_id = ? AND made_by = ? AND used_at IS NULL',
          [tenantId, login.id, madeBy],
        );
        await work.tx.insert('auth_reset', COLUMNS, [row]);
        work.record({
          kind: 'account.reset-made.v1',
          subjectId: login.subjectId,
          resource: `reset:${id}`,
          fields: 'token_index,expires_at',
          commitment: null,
        });
      }),
    );
    // Behind the fragment: the token stands in no log of a server or proxy.
    return { id, url: `${this.ports.publicOrigin}/reset-password#token=${token}`, expiresAt };
  }

  private isLetThrough(what: 'platform' | 'login', whom: string, address: string): Promise<boolean> {
    const { perLoginHour, perLoginDay, perAddressHour, onPlatformHour } = RESET_RULES;
    return this.parts.limits.lets(
      what === 'platform'
        ? [
            { what: 'reset:platform', whom, most: onPlatformHour, hours: 1 },
            { what: 'reset:address', whom: addressKey(address), most: perAddressHour, hours: 1 },
          ]
        : [
            { what: 'reset:login', whom, most: perLoginHour, hours: 1 },
            { what: 'reset:login', whom, most: perLoginDay, hours: 24 },
          ],
    );
  }

  /** By e-mail, or by a verified mobile number. */
  private async find(identifier: string): Promise<KnownLogin | undefined> {
    const mobile = identifier.includes('@') ? undefined : normaliseMobile(identifier);
    if (mobile === undefined) return this.parts.accounts.findLogin(identifier);
    return this.parts.numbers.loginOf(await this.parts.logins.mobileIndex(mobile));
  }

  private async loginOf(loginId: string): Promise<Pick<KnownLogin, 'id' | 'subjectId'>> {
    const tenantId = await this.parts.platform.id();
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ subject_id: string }>(
        'SELECT subject_id FROM auth_login WHERE tenant_id = ? AND id = ?',
        [tenantId, loginId],
      ),
    );
    if (!row) throw memberErrors.notFound();
    return { id: loginId, subjectId: row.subject_id };
  }

  private async emailOf({ id, subjectId }: Pick<KnownLogin, 'id' | 'subjectId'>): Promise<string> {
    const tenantId = await this.parts.platform.id();
    return openEmail(this.ports, { tenantId, id, subjectId });
  }
}

/** The e-mail of a login, for the letter and for the rule that a password is not made of it. */
export async function openEmail(
  { database, cipher }: AuthPorts,
  login: { readonly tenantId: string; readonly id: string; readonly subjectId: string },
): Promise<string> {
  const { tenantId, id, subjectId } = login;
  const [row] = await inTenant(tenantId, () =>
    database.reader.all<{ email_sealed: Buffer }>(
      'SELECT email_sealed FROM auth_login WHERE tenant_id = ? AND id = ?',
      [tenantId, id],
    ),
  );
  if (!row) throw loginNotFound();
  await cipher.load(tenantId, [subjectId], EMAIL.group);
  // libsql answers blobs as ArrayBuffer.
  return cipher.open(tenantId, subjectId, EMAIL, id, Buffer.from(row.email_sealed), 'security');
}
