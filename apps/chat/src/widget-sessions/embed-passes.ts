import { LIMITS, type PassGranted } from '@libs/contracts';
import { type Clock, UserError } from '@libs/kernel';
import { signSlip, verifySlip } from '@libs/privacy-core';
import { identityErrors } from '../identity/identity.errors.js';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { type TenantKeys, TOKEN_KEYS } from './visitor-keys.js';

/** Refusals at the visitor's door; closed list. */
export const doorErrors = {
  unknownInbox: () => new UserError('chat.inbox-not-found', 'There is no such inbox', { status: 404 }),
  foreignOrigin: () => new UserError('chat.origin-refused', 'This site may not embed the widget', { status: 403 }),
  passInvalid: () => new UserError('chat.pass-invalid', 'The embed pass is not valid', { status: 401 }),
  passExpired: () => new UserError('chat.pass-expired', 'The embed pass has expired', { status: 401 }),
  tokenInvalid: () => new UserError('chat.token-invalid', 'The visitor token is not valid', { status: 401 }),
} as const;

/**
 * The embed pass proves that the page which opened the widget lies on an allowed origin. Signed and stateless, ten
 * minutes, checked at each connect.
 */
export class EmbedPasses {
  constructor(
    private readonly keys: TenantKeys,
    private readonly clock: Clock,
  ) {}

  /** A pass for the page at `origin`; `identified` when the site has said who its visitor is. */
  async grant(inbox: Inbox, origin: string | undefined, identified = false): Promise<PassGranted> {
    if (origin === undefined || !inbox.origins.includes(origin)) throw doorErrors.foreignOrigin();
    const expiresAt = this.clock.now() + LIMITS.passMs;
    const key = await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.pass);
    return {
      pass: signSlip(key, { i: inbox.id, o: origin, e: expiresAt, ...(identified ? { u: 1 } : {}) }),
      expiresAt,
    };
  }

  /** The origin of the page; throws unless `pass` was granted for this inbox, is not over, and that is still allowed. */
  async check(inbox: Inbox, pass: unknown): Promise<string> {
    const key = await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.pass);
    const found = verifySlip(key, pass);
    if (!found || found.i !== inbox.id) throw doorErrors.passInvalid();
    if (typeof found.e !== 'number' || found.e <= this.clock.now()) throw doorErrors.passExpired();
    const origin = String(found.o);
    if (!inbox.origins.includes(origin)) throw doorErrors.foreignOrigin();
    return origin;
  }

  /** Where the inbox wants to know who comes, a pass without that opens no conversation. */
  async requireIdentified(inbox: Inbox, pass: unknown): Promise<void> {
    if (inbox.identity !== 'required') return;
    const key = await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.pass);
    if (verifySlip(key, pass)?.u !== 1) throw identityErrors.required();
  }
}
