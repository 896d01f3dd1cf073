import { type ConsentGranted, type ConsentRequest, LIMITS } from '@libs/contracts';
import { type Clock, randomToken, UserError } from '@libs/kernel';
import type { RegisterBook } from '@libs/privacy';
import { CONVERSATION_SCOPE, signSlip, verifySlip, versionOf } from '@libs/privacy-core';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { type TenantKeys, TOKEN_KEYS } from './visitor-keys.js';

/** What a person agreed to, as the slip carries it. */
export interface AgreedSlip {
  readonly noticeHash: string;
  readonly version: number;
  /** Version of the function in the register. */
  readonly consentVersion: number;
  readonly locale: string;
  readonly agreedAt: number;
  /** Unique in the consent table: the slip opens one person's record, however often it is sent. */
  readonly nonce: string;
}

/** Refusals about consent; closed list. */
export const consentErrors = {
  required: () => new UserError('privacy.consent-required', 'The person has not agreed to the notice', { status: 403 }),
  slipInvalid: () => new UserError('privacy.slip-invalid', 'The consent slip is not valid', { status: 422 }),
  slipExpired: () => new UserError('privacy.slip-expired', 'The consent slip has expired', { status: 403 }),
  superseded: () => new UserError('privacy.policy-superseded', 'The notice has changed', { status: 409 }),
  unknownNotice: () => new UserError('privacy.notice-unknown', 'There is no such notice', { status: 422 }),
} as const;

/** Where the processing register is read. */
export type Registers = Pick<RegisterBook, 'load'>;

/**
 * Consent before there is anything to attach it to (design 6): agreeing returns a signed slip and stores nothing. The
 * first message brings it back and becomes the consent record.
 */
export class ConsentSlips {
  constructor(
    private readonly keys: TenantKeys,
    private readonly clock: Clock,
    private readonly registers: Registers,
  ) {}

  /** A slip for the notice in force; refuses an unknown or superseded one by name (P-0101). */
  async issue(inbox: Inbox, request: Omit<ConsentRequest, 'pass'>): Promise<ConsentGranted> {
    const notice = inbox.notices[request.locale];
    if (!notice) throw consentErrors.unknownNotice();
    if (notice.version > request.version) throw consentErrors.superseded();
    if (notice.version !== request.version || notice.hash !== request.noticeHash) throw consentErrors.unknownNotice();
    const now = this.clock.now();
    const expiresAt = now + LIMITS.slipMs;
    const key = await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.slip);
    const slip = signSlip(key, {
      i: inbox.id,
      h: notice.hash,
      v: notice.version,
      f: await this.consentVersion(inbox.tenantId),
      l: request.locale,
      c: 'web-widget',
      a: now,
      e: expiresAt,
      n: randomToken(24),
    });
    return { slip, expiresAt };
  }

  /** What the slip says, or a refusal: none, tampered, of another inbox, over. In force or not is another question. */
  async read(inbox: Inbox, slip: unknown): Promise<AgreedSlip> {
    if (slip === undefined) throw consentErrors.required();
    const found = await this.genuine(inbox, slip);
    if (!found) throw consentErrors.slipInvalid();
    if (found.expiresAt <= this.clock.now()) throw consentErrors.slipExpired();
    return found;
  }

  /** What one of our slips for this inbox says, however old it is; undefined for anything else. */
  async genuine(inbox: Inbox, slip: unknown): Promise<(AgreedSlip & { readonly expiresAt: number }) | undefined> {
    const found = verifySlip(await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.slip), slip);
    if (!found || found.i !== inbox.id) return undefined;
    return {
      noticeHash: String(found.h),
      version: Number(found.v),
      consentVersion: Number(found.f),
      locale: String(found.l),
      agreedAt: Number(found.a),
      nonce: String(found.n),
      expiresAt: Number(found.e),
    };
  }

  /** Refuses a slip for a notice or a function that has changed since: nobody new comes in under it (P-0103). */
  async requireInForce(inbox: Inbox, { locale, noticeHash, consentVersion }: AgreedSlip): Promise<void> {
    if (inbox.notices[locale]?.hash !== noticeHash) throw consentErrors.superseded();
    if (consentVersion !== (await this.consentVersion(inbox.tenantId))) throw consentErrors.superseded();
  }

  /** What the conversation takes from people now. */
  private async consentVersion(tenantId: string): Promise<number> {
    const { register } = await this.registers.load(tenantId);
    return versionOf(register, CONVERSATION_SCOPE);
  }
}
