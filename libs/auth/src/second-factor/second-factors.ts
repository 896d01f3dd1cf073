import { type Actor, MEMBERS_OF_LOGIN, type Tx, upsert, type Work } from '@libs/database';
import { announce } from '@libs/events';
import { randomTokenBytes } from '@libs/kernel';
import { field } from '@libs/privacy';
import { blindIndex } from '@libs/privacy-core';
import { codeOfWrongClock, codeUsed, secondFactorExists, secondFactorMissing } from '../auth.errors.js';
import { codeWrong } from '../codes/code.errors.js';
import { inTenant } from '../in-tenant.js';
import { EMAIL } from '../logins/login-fields.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import { endSessions } from '../sessions/end-sessions.js';
import { base32, driftOf, otpauthUri, stepAt, TOTP } from './totp.js';

const SECRET = field('auth_second_factor', 'secret_sealed', 'contact', ['security']);
/** Codes for the day the phone is lost. */
export const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;
const ISSUER = 'Custodia';

/** A login as a person of the platform. */
export interface LoginPerson {
  readonly id: string;
  readonly subjectId: string;
}

/** Who changes a second factor. */
export interface FactorChange {
  readonly login: LoginPerson;
  readonly actor: Actor;
  readonly correlationId: string;
  /** The session that asks: it goes on where others of the login end. */
  readonly keep?: string | undefined;
}

/** What there is of a login's second factor. */
export interface FactorStanding {
  readonly enrolledAt: number | null;
  readonly recoveryCodesLeft: number;
}

interface FactorRow {
  readonly secret_sealed: Buffer;
  readonly state: 'offered' | 'confirmed';
  readonly confirmed_at: number | string | null;
}

/** The second factor of logins: an authenticator app, and recovery codes of which only keyed hashes are kept (P-1008). */
export class SecondFactors {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  async standing(loginId: string): Promise<FactorStanding> {
    const row = await this.row(loginId);
    if (row?.state !== 'confirmed') return { enrolledAt: null, recoveryCodesLeft: 0 };
    const tenantId = await this.platform.id();
    const [left] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ n: number | string }>(
        'SELECT COUNT(*) AS n FROM auth_recovery_code WHERE tenant_id = ? AND login_id = ? AND used_at IS NULL',
        [tenantId, loginId],
      ),
    );
    return { enrolledAt: Number(row.confirmed_at), recoveryCodesLeft: Number(left?.n ?? 0) };
  }

  /** True when sign-in asks for it. */
  async isEnrolled(loginId: string): Promise<boolean> {
    return (await this.row(loginId))?.state === 'confirmed';
  }

  /** A new secret, which counts once a code of it was shown; an earlier offer is replaced. */
  async offer(change: FactorChange): Promise<{ readonly secret: string; readonly uri: string }> {
    const { login } = change;
    if (await this.isEnrolled(login.id)) throw secondFactorExists();
    const tenantId = await this.platform.id();
    const secret = randomTokenBytes(TOTP.secretBytes);
    const text = base32(secret);
    await this.ports.cipher.load(tenantId, [login.subjectId], SECRET.group);
    const sealed = this.ports.cipher.seal(
      ...([tenantId, login.subjectId, SECRET, login.id, secret.toString('base64'), 'security'] as const),
    );
    const account = await this.accountOf(login);
    const now = this.ports.clock.now();
    await this.change(change, 'offered', async ({ tx }) => {
      const columns = ['tenant_id', 'login_id', 'subject_id', 'secret_sealed', 'state', 'last_step', 'created_at'];
      await this.dropOffer(tx, tenantId, login.id);
      await upsert(tx, { table: 'auth_second_factor', columns, keys: ['tenant_id', 'login_id'], update: [] }, [
        ...[tenantId, login.id, login.subjectId, sealed, 'offered', 0, now],
      ]);
    });
    return { secret: text, uri: otpauthUri(ISSUER, account, text) };
  }

  /**
   * Makes the offered secret count; answers the recovery codes, which nobody can be shown again. Other sessions of the
   * login end: they have not shown it, and would otherwise come by the rights that were waiting for it.
   */
  async confirm(change: FactorChange, code: string): Promise<readonly string[]> {
    const { login } = change;
    const tenantId = await this.platform.id();
    const row = await this.row(login.id);
    if (!row) throw secondFactorMissing();
    if (row.state === 'confirmed') throw secondFactorExists();
    const step = this.stepOf(await this.open(login, row), code, true);
    const made = await this.makeCodes(login.id);
    const now = this.ports.clock.now();
    const { reader } = this.ports.database;
    const members = await reader.all<{ tenant_id: string; id: string }>(MEMBERS_OF_LOGIN, [login.id]);
    const alsoIn = members.map((member) => member.tenant_id);
    await this.change({ ...change, alsoIn }, 'enrolled', async (work) => {
      const { tx } = work;
      const confirmed = await tx.run(
        "UPDATE auth_second_factor SET state = 'confirmed', confirmed_at = ?, last_step = ? " +
          "WHERE tenant_id = ? AND login_id = ? AND state = 'offered' AND secret_sealed = ?",
        [now, step, tenantId, login.id, row.secret_sealed],
      );
      if (confirmed === 0) throw secondFactorMissing();
      await this.writeCodes(tx, tenantId, login, made.indexes);
      for (const { tenant_id, id: memberId } of members) {
        await endSessions(work, { tenantId: tenant_id, memberId, keep: change.keep }, { now });
      }
    });
    await this.ports.feed.poll();
    return made.codes;
  }

  /** New recovery codes; the old ones open nothing from now on. */
  async renewCodes(change: FactorChange): Promise<readonly string[]> {
    const { login } = change;
    if (!(await this.isEnrolled(login.id))) throw secondFactorMissing();
    const tenantId = await this.platform.id();
    const made = await this.makeCodes(login.id);
    await this.change(change, 'codes', ({ tx }) => this.writeCodes(tx, tenantId, login, made.indexes));
    return made.codes;
  }

  /**
   * Takes the second factor away. Sockets of the login's members end, because some may not go on without one.
   * `also` records the same act in the journal of the workspace of whoever did it.
   */
  async remove(
    change: FactorChange,
    also?: { readonly tenantId: string; check(tx: Tx): Promise<void> },
  ): Promise<void> {
    const { login } = change;
    const tenantId = await this.platform.id();
    const { reader } = this.ports.database;
    const members = await reader.all<{ tenant_id: string; id: string }>(MEMBERS_OF_LOGIN, [login.id]);
    const alsoIn = [...members.map((member) => member.tenant_id), ...(also ? [also.tenantId] : [])];
    await this.change({ ...change, alsoIn }, 'removed', async ({ tx, record }) => {
      await also?.check(tx);
      await this.dropRows(tx, tenantId, login.id);
      for (const member of members) {
        await announce(tx, { kind: 'role', tenantId: member.tenant_id, ref: member.id });
      }
      if (also) record(entryOf('removed', login, null), also.tenantId);
    });
    await this.ports.feed.poll();
  }

  /** Takes a code of the app, once; throws `account.code-wrong`, `account.code-used` or `account.code-clock`. */
  async takeTotp(login: LoginPerson, code: string): Promise<void> {
    const row = await this.row(login.id);
    if (row?.state !== 'confirmed') throw codeWrong(401);
    const step = this.stepOf(await this.open(login, row), code, false);
    const tenantId = await this.platform.id();
    const taken = await this.ports.work.upkeep(
      async (tx) =>
        tx.run(
          'UPDATE auth_second_factor SET last_step = ? ' +
            "WHERE tenant_id = ? AND login_id = ? AND state = 'confirmed' AND last_step < ?",
          [step, tenantId, login.id, step],
        ),
      new Set([tenantId]),
    );
    if (taken === 0) throw codeUsed();
  }

  /** Takes a recovery code: of two at once one wins. */
  async takeRecoveryCode(login: LoginPerson, code: string, correlationId: string): Promise<void> {
    const tenantId = await this.platform.id();
    const index = await this.codeIndex(login.id, code);
    const actor = { kind: 'system', id: 'sign-in' } as const;
    await this.change({ login, actor, correlationId }, 'code-used', async ({ tx }) => {
      const taken = await tx.run(
        'UPDATE auth_recovery_code SET used_at = ? ' +
          'WHERE tenant_id = ? AND login_id = ? AND code_index = ? AND used_at IS NULL',
        [this.ports.clock.now(), tenantId, login.id, index],
      );
      if (taken === 0) throw codeWrong(401);
    });
  }

  /** Everything of a login that goes: used by the eraser, in its transaction. */
  async dropRows(tx: Tx, tenantId: string, loginId: string): Promise<void> {
    await tx.run('DELETE FROM auth_recovery_code WHERE tenant_id = ? AND login_id = ?', [tenantId, loginId]);
    await tx.run('DELETE FROM auth_second_factor WHERE tenant_id = ? AND login_id = ?', [tenantId, loginId]);
  }

  /**
   * The step that a code belongs to. To the owner of an unconfirmed secret a clock that is wrong is always named; at
   * sign-in only one that is slow: that a code will be right later is nobody's business.
   */
  private stepOf(secret: Buffer, code: string, enrolling: boolean): number {
    const now = this.ports.clock.now();
    const drift = driftOf(secret, code, now, TOTP.astray);
    if (drift === undefined) throw codeWrong(401);
    if (Math.abs(drift) <= TOTP.window) return stepAt(now) + drift;
    throw enrolling || drift < 0 ? codeOfWrongClock() : codeWrong(401);
  }

  private async row(loginId: string): Promise<FactorRow | undefined> {
    const tenantId = await this.platform.id();
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<FactorRow>(
        'SELECT secret_sealed, state, confirmed_at FROM auth_second_factor WHERE tenant_id = ? AND login_id = ?',
        [tenantId, loginId],
      ),
    );
    return row;
  }

  private async open({ id, subjectId }: LoginPerson, row: FactorRow): Promise<Buffer> {
    const tenantId = await this.platform.id();
    await this.ports.cipher.load(tenantId, [subjectId], SECRET.group);
    const text = this.ports.cipher.open(tenantId, subjectId, SECRET, id, row.secret_sealed, 'security');
    return Buffer.from(text, 'base64');
  }

  /** What the app shows beside the code. */
  private async accountOf({ id, subjectId }: LoginPerson): Promise<string> {
    const tenantId = await this.platform.id();
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ email_sealed: Buffer }>(
        'SELECT email_sealed FROM auth_login WHERE tenant_id = ? AND id = ?',
        [tenantId, id],
      ),
    );
    return row ? this.ports.cipher.open(tenantId, subjectId, EMAIL, id, row.email_sealed, 'security') : '';
  }

  private async makeCodes(loginId: string): Promise<{ codes: readonly string[]; indexes: readonly string[] }> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => {
      const text = base32(randomTokenBytes(RECOVERY_BYTES)).toLowerCase();
      return text.match(/.{4}/g)!.join('-');
    });
    return { codes, indexes: await Promise.all(codes.map((code) => this.codeIndex(loginId, code))) };
  }

  private async codeIndex(loginId: string, code: string): Promise<string> {
    const key = await this.ports.keys.tenantKey(await this.platform.id(), 'recovery-code');
    return blindIndex(key, `${loginId}|${code.toLowerCase().replace(/[^a-z2-7]/g, '')}`);
  }

  private async writeCodes(tx: Tx, tenantId: string, login: LoginPerson, indexes: readonly string[]): Promise<void> {
    await tx.run('DELETE FROM auth_recovery_code WHERE tenant_id = ? AND login_id = ?', [tenantId, login.id]);
    await tx.insert(
      'auth_recovery_code',
      ['tenant_id', 'login_id', 'code_index', 'subject_id'],
      indexes.map((index) => [tenantId, login.id, index, login.subjectId]),
    );
  }

  private async dropOffer(tx: Tx, tenantId: string, loginId: string): Promise<void> {
    await tx.run("DELETE FROM auth_second_factor WHERE tenant_id = ? AND login_id = ? AND state = 'offered'", [
      tenantId,
      loginId,
    ]);
  }

  private async change(
    { login, actor, correlationId, alsoIn = [] }: FactorChange & { readonly alsoIn?: readonly string[] },
    act: FactorAct,
    work: (work: Work) => Promise<void>,
  ): Promise<void> {
    const tenantId = await this.platform.id();
    const scope = { tenantId, actor, purpose: 'security', correlationId, alsoIn };
    await inTenant(tenantId, () =>
      this.ports.work.run(scope, async (unit) => {
        await work(unit);
        unit.record(entryOf(act, login, login.subjectId));
      }),
    );
  }
}

const KINDS = {
  offered: 'account.second-factor-offered.v1',
  enrolled: 'account.second-factor-enrolled.v1',
  codes: 'account.recovery-codes-renewed.v1',
  'code-used': 'account.recovery-code-used.v1',
  removed: 'account.second-factor-removed.v1',
} as const;
type FactorAct = keyof typeof KINDS;

function entryOf(act: FactorAct, { id }: LoginPerson, subjectId: string | null) {
  const fields = act === 'codes' || act === 'code-used' ? 'code_index,used_at' : 'secret_sealed,state';
  return { kind: KINDS[act], subjectId, resource: `login:${id}`, fields, commitment: null };
}
