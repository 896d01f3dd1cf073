import type { EmailConfirmation } from '@libs/contracts';
import { forUpdate, type Work } from '@libs/database';
import { AppError } from '@libs/kernel';
import { openField, sealField } from '@libs/privacy-core';
import { emailLinkInvalid, emailTaken, letterLimited, mailMissing, noWorkspace } from '../auth.errors.js';
import type { Background } from '../codes/background.js';
import type { RequestLimits } from '../codes/request-limits.js';
import type { LoginChanges } from '../logins/login-changes.js';
import { EMAIL } from '../logins/login-fields.js';
import type { Logins } from '../logins/logins.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import { openEmail } from '../resets/resets.js';
import type { IdentityChecks } from '../security/identity-checks.js';
import type { LoginStanding, LoginStandings } from '../sign-in/login-standing.js';
import { secretName } from '../sign-in/sign-in-ticket.js';
import type { ChangeLetters } from './change-letters.js';
import { addressTakenLetter, confirmationLetter, ownAddressLetter } from './email-change-letter.js';

/** Life of the links, and letters that one address and all together get. */
export const EMAIL_CHANGE_RULES = {
  livesMs: 60 * 60_000,
  /** Of one's own address, where opening it changes nothing: letters of a sign-up are read on the next day, too. */
  ownLivesMs: 24 * 60 * 60_000,
  /** Letters that one login may ask for to its own address; with that of the sign-up as many as an address gets. */
  proofsAnHour: 2,
  proofsADay: 8,
  perAddressHour: 3,
  perAddressDay: 10,
  onPlatformHour: 500,
} as const;
const KEY_NAME = 'email-change';
const PURPOSE = 'custodia/email-change/1';
/** Longest token that is looked at: an address, ids and a few words. */
const MOST_CHARACTERS = 2048;

/** What a link says. Sealed, so that nothing is stored for who never opens it, and a letter tells nobody anything. */
interface EmailTicket {
  readonly loginId: string;
  /** Names the password that was right then, and the address that was the login's: it dies with either. */
  readonly secret: string;
  readonly from: string;
  readonly email: string;
  /** The session that asked goes on. */
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** A new address for a login whose owner has shown who they are. */
export interface EmailWish {
  readonly login: LoginStanding;
  readonly email: string;
  readonly sessionId: string;
  readonly correlationId: string;
}

/** What it works with. */
export interface EmailChangeParts {
  readonly platform: PlatformTenant;
  readonly standings: LoginStandings;
  readonly identity: IdentityChecks;
  readonly logins: Logins;
  readonly changes: LoginChanges;
  readonly limits: RequestLimits;
  readonly background: Background;
  readonly letters: ChangeLetters;
}

/**
 * An address becomes a login's once a link sent there was opened by who knows the login's password (decision 0007): a
 * careless click of somebody else is worth nothing. Whether the address belongs to another login is told only to who
 * reads its mail.
 */
export class EmailChanges {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: EmailChangeParts,
  ) {}

  /** Whether links can be sent here at all. */
  get available(): boolean {
    return this.ports.outgoing.mail.available;
  }

  /** Sends the link after the answer, so that neither it nor its time tells whose the address is. */
  request(wish: EmailWish): void {
    this.parts.background.start('account.letter-not-sent', () => this.mail(wish));
  }

  /** The letter that lets a new login's owner show that the address is theirs (F-0101); promises nothing without mail. */
  welcome({ id }: { readonly id: string }, correlationId: string): void {
    if (!this.available) return;
    this.parts.background.start('account.letter-not-sent', async () => {
      const login = await this.parts.standings.of(id);
      if (login) await this.mailOwn(login, correlationId);
    });
  }

  /**
   * The same letter once more, for a member. One answer whether or not there is anything left to show. Refuses with
   * `account.mail-not-available` or, past so many, `account.letter-limit`.
   */
  async askProof(
    { tenantId, memberId }: { readonly tenantId: string; readonly memberId: string },
    correlationId: string,
  ) {
    if (!this.available) throw mailMissing();
    const login = await this.parts.standings.ofMember(tenantId, memberId);
    if (!login) throw noWorkspace();
    const { proofsAnHour, proofsADay } = EMAIL_CHANGE_RULES;
    const wait = await this.parts.limits.wait([
      { what: 'email-proof', whom: login.id, most: proofsAnHour, hours: 1 },
      { what: 'email-proof', whom: login.id, most: proofsADay, hours: 24 },
    ]);
    if (wait !== undefined) throw letterLimited(wait);
    this.parts.background.start('account.letter-not-sent', () => this.mailOwn(login, correlationId));
  }

  /** Refuses with `account.email-link-invalid`, `account.proof-failed`, `account.locked` or `account.email-taken`. */
  async confirm({ token, password }: EmailConfirmation, at: { address: string; correlationId: string }): Promise<void> {
    const { identity, logins } = this.parts;
    const ticket = await this.read(token);
    const login = ticket && (await this.parts.standings.of(ticket.loginId));
    if (!ticket || !login || !isStillOf(login, ticket)) throw emailLinkInvalid();
    await identity.check(login, { password }, at.address);
    const { email } = ticket;
    const index = await logins.emailIndex(email);
    if (index === login.emailIndex) return logins.proveEmail(login, email, at.correlationId);
    const tenantId = await this.parts.platform.id();
    const before = await openEmail(this.ports, { tenantId, id: login.id, subjectId: login.subjectId });
    await this.change(login, ticket, { email, index, tenantId, correlationId: at.correlationId });
    const { id: loginId, subjectId } = login;
    this.parts.letters.tell('email', before, { tenantId, subjectId, loginId, correlationId: at.correlationId });
  }

  private async change(
    login: LoginStanding,
    ticket: EmailTicket,
    to: { readonly email: string; readonly index: string; readonly tenantId: string; readonly correlationId: string },
  ): Promise<void> {
    const { cipher, clock } = this.ports;
    await cipher.load(to.tenantId, [login.subjectId], EMAIL.group);
    const sealed = cipher.seal(to.tenantId, login.subjectId, EMAIL, login.id, to.email, 'service-account');
    const apply = () =>
      this.parts.changes.apply({
        ...{ login, kind: 'account.email-changed.v1', keep: ticket.sessionId, correlationId: to.correlationId },
        actor: { kind: 'system', id: 'email-link' },
        set: { email_sealed: sealed, email_index: to.index, email_verified_at: clock.now() },
        recheck: (work) => this.assertFree(work, login, to),
      });
    try {
      await apply();
    } catch (error) {
      if (error instanceof AppError) throw error;
      // Another process may have taken the same address at the same moment: asked again, the look before it tells.
      await apply();
    }
  }

  /** What the link relied on still holds, and nobody has the address. Links that went to the old one open nothing more. */
  private async assertFree(
    { tx }: Work,
    { id, emailIndex, secretHash }: LoginStanding,
    { tenantId, index }: { readonly tenantId: string; readonly index: string },
  ): Promise<void> {
    const lock = forUpdate(tx);
    const own = await tx.all(
      `SELECT id FROM auth_login WHERE tenant_id = ? AND id = ? AND email_index = ? AND secret_hash = ?${lock}`,
      [tenantId, id, emailIndex, secretHash],
    );
    if (own.length === 0) throw emailLinkInvalid();
    const sql = `SELECT id FROM auth_login WHERE tenant_id = ? AND email_index = ?${lock}`;
    if ((await tx.all(sql, [tenantId, index])).length > 0) throw emailTaken();
    await tx.run("DELETE FROM auth_reset WHERE tenant_id = ? AND login_id = ? AND made_by = 'mail'", [tenantId, id]);
  }

  private async mailOwn(login: LoginStanding, correlationId: string): Promise<void> {
    if (login.emailVerifiedAt !== null || login.state !== 'active') return;
    const tenantId = await this.parts.platform.id();
    const email = await openEmail(this.ports, { tenantId, id: login.id, subjectId: login.subjectId });
    // No session is ended by it, so none has to be kept.
    await this.mail({ login, email, sessionId: '', correlationId });
  }

  private async mail({ login, email, sessionId, correlationId }: EmailWish): Promise<void> {
    const { limits, logins, platform } = this.parts;
    const index = await logins.emailIndex(email);
    const { perAddressHour, perAddressDay, onPlatformHour, livesMs, ownLivesMs } = EMAIL_CHANGE_RULES;
    const lets = await limits.lets([
      { what: 'email-change:platform', whom: '', most: onPlatformHour, hours: 1 },
      { what: 'email-change:address', whom: index, most: perAddressHour, hours: 1 },
      { what: 'email-change:address', whom: index, most: perAddressDay, hours: 24 },
    ]);
    if (!lets) return;
    const says = { loginId: login.id, secret: secretName(login.secretHash), from: login.emailIndex, email, sessionId };
    const isOwn = index === login.emailIndex;
    const token = await this.seal({ ...says, expiresAt: this.ports.clock.now() + (isOwn ? ownLivesMs : livesMs) });
    // Behind the fragment: the token stands in no log of a server or proxy.
    const url = `${this.ports.publicOrigin}/confirm-email#token=${token}`;
    const isTaken = !isOwn && (await this.isTaken(email));
    const occasion = { tenantId: await platform.id(), subjectId: login.subjectId, resource: `login:${login.id}` };
    const write = isOwn ? ownAddressLetter : isTaken ? addressTakenLetter : confirmationLetter;
    await this.ports.outgoing.mail.send(write(email, url), { ...occasion, correlationId });
  }

  private async isTaken(email: string): Promise<boolean> {
    return this.parts.logins.assertFree({ email, mobile: null }).then(
      () => false,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'account.email-taken') return true;
        throw error;
      },
    );
  }

  private async seal(ticket: EmailTicket): Promise<string> {
    return sealField(await this.key(), PURPOSE, JSON.stringify(ticket)).toString('base64url');
  }

  /** Undefined for what is too old or was not made here. */
  private async read(token: string): Promise<EmailTicket | undefined> {
    if (token.length > MOST_CHARACTERS) return undefined;
    const key = await this.key();
    try {
      // What opens was written by `seal`.
      const ticket = JSON.parse(
        openField(key, PURPOSE, Buffer.from(token, 'base64url')).toString('utf8'),
      ) as EmailTicket;
      return this.ports.clock.now() < ticket.expiresAt ? ticket : undefined;
    } catch {
      return undefined;
    }
  }

  private async key(): Promise<Buffer> {
    return this.ports.keys.tenantKey(await this.parts.platform.id(), KEY_NAME);
  }
}

/** The login has the password and the address that it had then, and is open. */
function isStillOf(login: LoginStanding, ticket: EmailTicket): boolean {
  const same = secretName(login.secretHash) === ticket.secret && login.emailIndex === ticket.from;
  return same && login.state === 'active';
}
