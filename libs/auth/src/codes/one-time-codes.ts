import type { CodePurpose, CodeSent } from '@libs/contracts';
import { type Actor, forUpdate, type Tx, upsert } from '@libs/database';
import { newId, randomTokenBytes } from '@libs/kernel';
import { blindIndex } from '@libs/privacy-core';
import { mobileInvalid } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { Logins } from '../logins/logins.js';
import { normaliseMobile } from '../logins/mobile.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import { addressKey } from '../sign-in/attempt-guard.js';
import type { Background } from './background.js';
import { codeExpired, codeLimit, codesMissing, codeTooSoon, codeWrong, mobileUnverified } from './code.errors.js';
import type { LoginNumbers } from './login-numbers.js';
import type { RequestLimit, RequestLimits } from './request-limits.js';

/** Life and limits of codes. */
export const CODE_RULES = {
  livesMs: 5 * 60_000,
  resendMs: 60_000,
  tries: 5,
  /** Clocks of two processes may differ by as much; what comes from further ahead counts as expired. */
  skewMs: 60_000,
  perNumberHour: 5,
  perNumberDay: 10,
  perAddressHour: 20,
  perAddressDay: 60,
  onPlatformHour: 1000,
} as const;

/** Whether a code was the one that was sent; `expired` also for one that never was. */
export type CodeOutcome = 'right' | 'wrong' | 'expired';

/** Asks for a code to a number. */
export interface CodeWish {
  readonly use: CodePurpose;
  readonly mobile: string;
  /** Address of the client, to count its requests. */
  readonly address: string;
  readonly correlationId: string;
}

/** A code as it was typed. */
export interface CodeTry {
  readonly use: CodePurpose;
  readonly mobile: string;
  readonly code: string;
}

/** What codes stand on. */
export interface CodeParts {
  readonly platform: PlatformTenant;
  readonly logins: Logins;
  readonly numbers: LoginNumbers;
  readonly limits: RequestLimits;
  readonly background: Background;
}

interface Known {
  readonly id: string;
  readonly subjectId: string;
}

const SELF: Actor = { kind: 'system', id: 'one-time-codes' };
/** Purposes whose codes to a number are counted by themselves; the others are for everybody, and counted together. */
const COUNTED_APART: Readonly<Partial<Record<CodePurpose, string>>> = {
  'identity-check': ':identity-check',
  'change-mobile': ':change-mobile',
};
const CODE_ROW = {
  table: 'auth_code',
  columns: [
    ...['tenant_id', 'number_index', 'purpose', 'id', 'subject_id', 'code_index', 'tries'],
    ...['created_at', 'expires_at', 'taken_at'],
  ],
  keys: ['tenant_id', 'number_index', 'purpose'],
  update: ['id', 'subject_id', 'code_index', 'tries', 'created_at', 'expires_at', 'taken_at'],
} as const;
/** A code that can still be taken, at a time and with the slack of clocks. */
const LIVE =
  'tenant_id = ? AND number_index = ? AND purpose = ? AND taken_at IS NULL AND expires_at > ? AND created_at <= ? AND tries < ?';

/**
 * Codes by text message (decision 0007). A row is written and a limit used up whether or not a login has the number, so
 * that neither the answer nor its time tells; the message itself goes out after the answer.
 */
export class OneTimeCodes {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: CodeParts,
    private readonly rules: { readonly [name in keyof typeof CODE_RULES]: number } = CODE_RULES,
  ) {}

  /** Whether codes can be sent here at all. */
  get available(): boolean {
    return this.ports.outgoing.sms.available;
  }

  /** Sends a code: `account.code-too-soon`, `account.code-limit`, `account.codes-not-available`, `account.mobile-invalid`. */
  async send(wish: CodeWish): Promise<CodeSent> {
    if (!this.available) throw codesMissing();
    const mobile = e164(wish.mobile);
    const login = await this.parts.numbers.loginOf(await this.parts.logins.mobileIndex(mobile));
    // To a stranger's number nothing is sent that only the owner of a login could use.
    const goesOut = login !== undefined || wish.use === 'sign-up' || wish.use === 'change-mobile';
    return this.issue({ ...wish, mobile }, login, goesOut);
  }

  /** The same to the login's own verified number: for who is known already. `account.mobile-unverified` without one. */
  async sendOwn(wish: Omit<CodeWish, 'mobile'> & { readonly loginId: string }): Promise<CodeSent> {
    if (!this.available) throw codesMissing();
    const mobile = await this.ownNumber(wish.loginId);
    const login = await this.parts.numbers.loginOf(await this.parts.logins.mobileIndex(mobile));
    return this.issue({ ...wish, mobile }, login, true);
  }

  /** Takes a code, once; throws `account.code-wrong` or `account.code-expired`. */
  async take(code: CodeTry & { readonly correlationId?: string }): Promise<void> {
    const outcome = await this.check(code);
    if (outcome === 'wrong') throw codeWrong();
    if (outcome === 'expired') throw codeExpired();
  }

  /** Takes a code that went to the login's own number. */
  async takeOwn(code: Omit<CodeTry, 'mobile'> & { readonly loginId: string }): Promise<void> {
    await this.take({ ...code, mobile: await this.ownNumber(code.loginId) });
  }

  /** Whether a code of this purpose that went to the login's own number can still be taken. */
  async isOwnLive({ use, loginId }: { readonly use: CodePurpose; readonly loginId: string }): Promise<boolean> {
    const numberIndex = await this.parts.logins.mobileIndex(await this.ownNumber(loginId));
    const tenantId = await this.parts.platform.id();
    const live = this.liveOf(tenantId, numberIndex, use);
    const sql = `SELECT id FROM auth_code WHERE ${LIVE}`;
    return (await inTenant(tenantId, () => this.ports.database.reader.all(sql, live))).length > 0;
  }

  /** Takes a code and says how it went: for doors that answer a wrong one in their own way. */
  async check({ use, mobile, code, correlationId }: CodeTry & { readonly correlationId?: string }) {
    const { clock, work } = this.ports;
    const numberIndex = await this.parts.logins.mobileIndex(e164(mobile));
    const codeIndex = await this.codeIndex(numberIndex, use, code);
    const tenantId = await this.parts.platform.id();
    const now = clock.now();
    const live = this.liveOf(tenantId, numberIndex, use);
    const scope = { tenantId, actor: SELF, purpose: 'security', correlationId: correlationId ?? newId(now) };
    return inTenant(tenantId, () =>
      work.run(scope, async ({ tx, record }): Promise<CodeOutcome> => {
        const subjectId = await subjectOf(tx, live);
        const right = await tx.run(`UPDATE auth_code SET taken_at = ? WHERE ${LIVE} AND code_index = ?`, [
          ...[now, ...live],
          codeIndex,
        ]);
        const tried = right === 1 || (await tx.run(`UPDATE auth_code SET tries = tries + 1 WHERE ${LIVE}`, live)) === 1;
        const kind = right === 1 ? 'account.code-taken.v1' : 'account.code-refused.v1';
        const fields = right === 1 ? 'taken_at' : 'tries';
        record({ kind, subjectId, resource: `code:${use}`, fields: tried ? fields : '', commitment: null });
        if (right === 1) return 'right';
        return tried ? 'wrong' : 'expired';
      }),
    );
  }

  private async issue(wish: CodeWish, login: Known | undefined, goesOut: boolean): Promise<CodeSent> {
    const now = this.ports.clock.now();
    const code = sixDigits();
    const id = newId(now);
    await this.store({ ...wish, id, code, now }, login);
    if (goesOut) {
      const { tenantId, correlationId } = { tenantId: await this.parts.platform.id(), ...wish };
      const occasion = { tenantId, subjectId: login?.subjectId ?? null, resource: `code:${id}`, correlationId };
      const message = { mobile: wish.mobile, code };
      this.parts.background.start('account.code-not-sent', () => this.ports.outgoing.sms.sendCode(message, occasion));
    }
    return { expiresAt: now + this.rules.livesMs, nextAt: now + this.rules.resendMs };
  }

  private async store(
    wish: CodeWish & { readonly id: string; readonly code: string; readonly now: number },
    login: Known | undefined,
  ): Promise<void> {
    const { use, id, now, correlationId } = wish;
    const tenantId = await this.parts.platform.id();
    const numberIndex = await this.parts.logins.mobileIndex(wish.mobile);
    const codeIndex = await this.codeIndex(numberIndex, use, wish.code);
    const limits = await this.parts.limits.prepare(this.limitsOf(use, numberIndex, wish.address));
    const scope = { tenantId, actor: SELF, purpose: 'security', correlationId };
    const subjectId = login?.subjectId ?? null;
    await inTenant(tenantId, () =>
      this.ports.work.run(scope, async ({ tx, record }) => {
        // First the counters: of two at once for one number the second waits here, and then finds the first one's row.
        const full = await this.parts.limits.use(tx, tenantId, limits);
        const wait = await this.untilNext(tx, [tenantId, numberIndex, use], now);
        if (wait !== undefined) throw codeTooSoon(wait);
        if (full !== undefined) throw codeLimit(full);
        const row = [tenantId, numberIndex, use, id, subjectId, codeIndex, 0, now, now + this.rules.livesMs, null];
        await upsert(tx, CODE_ROW, row);
        record({
          kind: 'account.code-requested.v1',
          ...{ subjectId, resource: `code:${id}`, fields: 'code_index', commitment: null },
        });
      }),
    );
  }

  /** How long this number has to wait for its next code of a purpose. What a clock that was wrong has written into the future holds up nobody. */
  private async untilNext(
    tx: Tx,
    of: readonly [string, string, CodePurpose],
    now: number,
  ): Promise<number | undefined> {
    const rows = await tx.all<{ created_at: number }>(
      `SELECT created_at FROM auth_code WHERE tenant_id = ? AND number_index = ? AND purpose = ?${forUpdate(tx)}`,
      of,
    );
    const { resendMs, skewMs } = this.rules;
    const waits = rows
      .map((row) => Number(row.created_at) + resendMs - now)
      .filter((wait) => wait > 0 && wait <= resendMs + skewMs);
    return waits.length === 0 ? undefined : Math.max(...waits);
  }

  /**
   * What only who has the password can ask for is counted apart: strangers who ask for codes in the owner's name use up
   * nothing of it, and whoever has the password gets no more by coming from many addresses.
   */
  private limitsOf(use: CodePurpose, numberIndex: string, address: string): readonly RequestLimit[] {
    const { perNumberHour, perNumberDay, perAddressHour, perAddressDay, onPlatformHour } = this.rules;
    const line = addressKey(address);
    const number = `sms:number${COUNTED_APART[use] ?? ''}`;
    const ofNumber: readonly RequestLimit[] = [
      { what: number, whom: numberIndex, most: perNumberHour, hours: 1 },
      { what: number, whom: numberIndex, most: perNumberDay, hours: 24 },
    ];
    if (use === 'identity-check') {
      return [{ what: 'sms:platform:identity-check', whom: '', most: onPlatformHour, hours: 1 }, ...ofNumber];
    }
    return [
      { what: 'sms:platform', whom: '', most: onPlatformHour, hours: 1 },
      { what: 'sms:address', whom: line, most: perAddressHour, hours: 1 },
      { what: 'sms:address', whom: line, most: perAddressDay, hours: 24 },
      ...ofNumber,
    ];
  }

  private liveOf(tenantId: string, numberIndex: string, use: CodePurpose): readonly (string | number)[] {
    const now = this.ports.clock.now();
    return [tenantId, numberIndex, use, now, now + this.rules.skewMs, this.rules.tries];
  }

  private async ownNumber(loginId: string): Promise<string> {
    const mobile = await this.parts.numbers.numberOf(loginId);
    if (mobile === undefined) throw mobileUnverified();
    return mobile;
  }

  /** Six digits are guessed in no time from a plain hash: the key lies elsewhere. */
  private async codeIndex(numberIndex: string, use: CodePurpose, code: string): Promise<string> {
    const key = await this.ports.keys.tenantKey(await this.parts.platform.id(), 'one-time-code');
    return blindIndex(key, `${numberIndex}|${use}|${code}`);
  }
}

async function subjectOf(tx: Tx, live: readonly (string | number)[]): Promise<string | null> {
  const [row] = await tx.all<{ subject_id: string | null }>(
    `SELECT subject_id FROM auth_code WHERE ${LIVE}${forUpdate(tx)}`,
    live,
  );
  return row?.subject_id ?? null;
}

function e164(typed: string): string {
  const mobile = normaliseMobile(typed);
  if (mobile === undefined) throw mobileInvalid();
  return mobile;
}

const CODES = 1_000_000;
/** Above it some codes would come up more often than others. */
const FAIR = 2 ** 32 - (2 ** 32 % CODES);

function sixDigits(): string {
  for (;;) {
    const drawn = randomTokenBytes(4).readUInt32BE();
    if (drawn < FAIR) return String(drawn % CODES).padStart(6, '0');
  }
}
