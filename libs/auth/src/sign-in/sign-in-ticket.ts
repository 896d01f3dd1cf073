import { createHash } from 'node:crypto';
import type { Clock } from '@libs/kernel';
import { openField, sealField } from '@libs/privacy-core';
import { ticketInvalid } from '../auth.errors.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

/** How long somebody may think about the next step. */
export const TICKET_MS = 5 * 60_000;
const KEY_NAME = 'sign-in-ticket';
const PURPOSE = 'custodia/sign-in-ticket/1';
/** Longest ticket that is looked at: ids and a few words. */
const MOST_CHARACTERS = 2048;

/** An invitation to be accepted, and the name to be seen by there. */
export interface JoinWish {
  readonly token: string;
  readonly name: string;
}

/** What a login's owner has shown so far and wants. Sealed, so that it tells its bearer nothing. */
export interface SignInTicket {
  readonly loginId: string;
  /** Names the secret that was right then: a ticket dies with a change of password. */
  readonly secret: string;
  readonly step: 'verify' | 'choose';
  readonly methods: readonly ('totp' | 'recovery-code' | 'sms')[];
  readonly keep: boolean;
  /** A workspace that was asked for at the first step. */
  readonly tenantId?: string;
  /** An invitation that is accepted once all steps are taken. */
  readonly joins?: JoinWish;
  readonly expiresAt: number;
}

/** Names a password's hash without telling it. */
export function secretName(secretHash: string): string {
  return createHash('sha256').update(`${PURPOSE}|${secretHash}`).digest('base64url');
}

/** Makes and reads tickets. Nothing is stored for somebody who stops half-way. */
export class SignInTickets {
  private readonly clock: Clock;

  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {
    this.clock = ports.clock;
  }

  /** The ticket as text, with its end. */
  async make(
    login: { readonly id: string; readonly secretHash: string },
    shown: Omit<SignInTicket, 'loginId' | 'secret' | 'expiresAt'>,
  ): Promise<{ readonly ticket: string; readonly expiresAt: number }> {
    const expiresAt = this.clock.now() + TICKET_MS;
    const says: SignInTicket = { ...shown, loginId: login.id, secret: secretName(login.secretHash), expiresAt };
    const sealed = sealField(await this.key(), PURPOSE, JSON.stringify(says));
    return { ticket: sealed.toString('base64url'), expiresAt };
  }

  /** What the ticket says; refuses one that is too old, or that was not made here, alike. */
  async read(text: string): Promise<SignInTicket> {
    const ticket = await this.open(text);
    if (!ticket || this.clock.now() >= ticket.expiresAt) throw ticketInvalid();
    return ticket;
  }

  private async open(text: string): Promise<SignInTicket | undefined> {
    if (text.length > MOST_CHARACTERS) return undefined;
    const key = await this.key();
    try {
      // What opens was written by `make`.
      return JSON.parse(openField(key, PURPOSE, Buffer.from(text, 'base64url')).toString('utf8')) as SignInTicket;
    } catch {
      return undefined;
    }
  }

  private async key(): Promise<Buffer> {
    return this.ports.keys.tenantKey(await this.platform.id(), KEY_NAME);
  }
}
