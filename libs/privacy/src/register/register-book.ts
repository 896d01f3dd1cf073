import { type Database, type SqlReader, type UnitOfWork, type Work } from '@libs/database';
import { announce } from '@libs/events';
import { type Clock, Lru } from '@libs/kernel';
import {
  type Activity,
  DEFAULT_REGISTER,
  type Loosening,
  loosened,
  loosenings,
  needsFreshConsent,
  type Register,
  registerProblems,
  withConsentVersions,
} from '@libs/privacy-core';
import { lockTenant } from '@libs/tenancy';
import { inTenant } from '../in-tenant.js';
import { peopleAgreed } from './people-agreed.js';
import { registerErrors } from './register.errors.js';
import { isRegister } from './register-form.js';
import { looseningHash, registerHash } from './register-hash.js';
import type { RegisterChangeAct, RegisterEffect, RegisterVersion, Who } from './register-version.js';

/** Uses an approval inside the unit of work of the act; refuses one that does not fit. */
export interface ChangeApprovals {
  within<T>(who: Who, approvalId: string, act: () => Promise<T>): Promise<T>;
  use(
    work: Work,
    who: Who,
    approvalId: string,
    act: { readonly kind: 'loosen-fields'; readonly contentHash: string; readonly baseVersion: number },
  ): Promise<unknown>;
}

/** What the book works with. */
export interface RegisterParts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly clock: Clock;
  readonly approvals: ChangeApprovals;
}

interface VersionRow {
  readonly version: number | string;
  readonly hash: string;
  readonly changed_by: string;
  readonly changed_at: number | string;
  readonly note: string;
}

const HEAD = 'version, hash, changed_by, changed_at, note';
const COLUMNS = ['tenant_id', 'version', 'document', 'hash', 'changed_by', 'changed_at', 'note'];
const MOST_NOTE = 500;

/** The processing register of each tenant, in versions that are kept for ever (P-0202). */
export class RegisterBook {
  private readonly latest = new Lru<string, { readonly value: RegisterVersion; fresh: boolean }>(10_000);
  private readonly older = new Lru<string, RegisterVersion>(500);
  /** Grows with each drop: what was read before a drop is read again. */
  private drops = 0;

  constructor(private readonly parts: RegisterParts) {}

  /** The version in force, from memory until the feed says `register`. */
  async load(tenantId: string): Promise<RegisterVersion> {
    for (let attempt = 0; ; attempt++) {
      const known = this.latest.get(tenantId);
      if (known?.fresh) return known.value;
      const { drops } = this;
      const found = await this.read(tenantId);
      // The same version stays the same object: what others remember about it stays true.
      const value = known?.value.version === found.version ? known.value : found;
      this.latest.set(tenantId, { value, fresh: drops === this.drops });
      if (drops === this.drops || attempt === 3) return value;
    }
  }

  /** The same without waiting: undefined when `load` has to be called. */
  now(tenantId: string): RegisterVersion | undefined {
    const known = this.latest.peek(tenantId);
    return known?.fresh ? known.value : undefined;
  }

  /** The version this process knew last, though the feed may have said meanwhile that there is a newer one. */
  lately(tenantId: string): RegisterVersion | undefined {
    return this.latest.peek(tenantId)?.value;
  }

  /** A version of the past, for evidence. */
  async at(tenantId: string, version: number): Promise<RegisterVersion | undefined> {
    if (version === 1) return this.shipped(tenantId);
    const key = `${tenantId}/${version}`;
    const known = this.older.get(key);
    if (known) return known;
    const [row] = await inTenant(tenantId, () =>
      this.parts.database.reader.all<VersionRow & { document: string }>(
        `SELECT ${HEAD}, document FROM privacy_register_version WHERE tenant_id = ? AND version = ?`,
        [tenantId, version],
      ),
    );
    if (!row) return undefined;
    const found = versionOf(row);
    this.older.set(key, found);
    return found;
  }

  /** All versions, newest first, without their contents. */
  async versions(tenantId: string): Promise<readonly Omit<RegisterVersion, 'register'>[]> {
    const rows = await inTenant(tenantId, () =>
      this.parts.database.reader.all<VersionRow>(
        `SELECT ${HEAD} FROM privacy_register_version WHERE tenant_id = ? ORDER BY version DESC`,
        [tenantId],
      ),
    );
    const { register: _content, ...first } = await this.shipped(tenantId);
    return [...rows.map(headOf), first];
  }

  /** Number of the version in force, inside a transaction. */
  async currentVersion(reader: SqlReader, tenantId: string): Promise<number> {
    const [row] = await reader.all<{ version: number | string | null }>(
      'SELECT MAX(version) AS version FROM privacy_register_version WHERE tenant_id = ?',
      [tenantId],
    );
    return row?.version == null ? 1 : Number(row.version);
  }

  /** The version in force, inside a transaction: from memory where that is the one. */
  async current(reader: SqlReader, tenantId: string): Promise<RegisterVersion> {
    const version = await this.currentVersion(reader, tenantId);
    const known = this.latest.peek(tenantId)?.value;
    if (known?.version === version) return known;
    return (await this.readIn(reader, tenantId)) ?? shippedAt(0);
  }

  /** A new version of the instructions; an audited act (P-0202). */
  change(who: Who, act: RegisterChangeAct): Promise<RegisterVersion> {
    if (act.approvalId === undefined) return this.changeNow(who, act);
    return this.parts.approvals.within(who, act.approvalId, () => this.changeNow(who, act));
  }

  private async changeNow(
    who: Who,
    { baseVersion, register, note, approvalId }: RegisterChangeAct,
  ): Promise<RegisterVersion> {
    if (!isRegister(register) || note.trim().length > MOST_NOTE) throw registerErrors.malformed();
    const { tenantId, memberId, correlationId } = who;
    const problems = registerProblems(register, DEFAULT_REGISTER);
    if (problems.length > 0) throw registerErrors.invalid(problems);
    const scope = { tenantId, actor: { kind: 'member', id: memberId }, purpose: 'legal-duty', correlationId } as const;
    const made = await this.parts.work.run(scope, async (work) => {
      const { tx, record } = work;
      await lockTenant(tx, tenantId);
      const before = await this.current(tx, tenantId);
      if (before.version !== baseVersion) throw registerErrors.changed(before);
      await this.approve(work, who, loosenings(before.register, register), { baseVersion, register, approvalId });
      const next = this.next(before, register, { memberId, note });
      await tx.insert('privacy_register_version', COLUMNS, [rowOf(tenantId, next)]);
      await announce(tx, { kind: 'register', tenantId, ref: String(next.version) });
      record({
        kind: 'privacy.register-changed.v1',
        subjectId: null,
        resource: `register:${next.version}`,
        fields: 'document,note',
        detail: () => ({ version: next.version, hash: next.hash }),
        commitment: null,
      });
      return next;
    });
    this.drop(tenantId);
    return made;
  }

  /** What `change` would do. */
  async impact(tenantId: string, next: Register): Promise<RegisterEffect> {
    if (!isRegister(next)) throw registerErrors.malformed();
    const { register: before } = await this.load(tenantId);
    const asked = next.activities.filter((activity) => {
      const old = before.activities.find(({ purpose }) => purpose === activity.purpose);
      return activity.basis === 'L-CONSENT' && needsFreshConsent(old, activity);
    });
    const { reader } = this.parts.database;
    const count = ({ purpose }: Activity) => inTenant(tenantId, () => peopleAgreed(reader, tenantId, before, purpose));
    return {
      freshConsent: await Promise.all(
        asked.map(async (activity) => ({ purpose: activity.purpose, people: await count(activity) })),
      ),
      loosened: loosened(before, next),
      problems: registerProblems(next, DEFAULT_REGISTER),
    };
  }

  /** For the invalidation feed. */
  drop(tenantId: string): void {
    this.drops++;
    const known = this.latest.peek(tenantId);
    if (known) known.fresh = false;
  }

  clear(): void {
    this.drops++;
    this.latest.clear();
  }

  private async approve(
    work: Work,
    who: Who,
    changes: readonly Loosening[],
    { baseVersion, register, approvalId }: Omit<RegisterChangeAct, 'note'>,
  ): Promise<void> {
    if (changes.length === 0) return;
    if (approvalId === undefined) {
      throw registerErrors.approvalRequired([...new Set(changes.map(({ field }) => field))]);
    }
    const contentHash = looseningHash(register, changes);
    await this.parts.approvals.use(work, who, approvalId, { kind: 'loosen-fields', contentHash, baseVersion });
  }

  private next(
    before: RegisterVersion,
    wanted: Register,
    { memberId, note }: { readonly memberId: string; readonly note: string },
  ): RegisterVersion {
    const register = withConsentVersions(before.register, wanted);
    return {
      version: before.version + 1,
      register,
      changedAt: this.parts.clock.now(),
      changedBy: memberId,
      note: note.normalize('NFC').trim(),
      hash: registerHash(register),
    };
  }

  private async read(tenantId: string): Promise<RegisterVersion> {
    const found = await inTenant(tenantId, () => this.readIn(this.parts.database.reader, tenantId));
    return found ?? this.shipped(tenantId);
  }

  private async readIn(reader: SqlReader, tenantId: string): Promise<RegisterVersion | undefined> {
    const [row] = await reader.all<VersionRow & { document: string }>(
      `SELECT ${HEAD}, document FROM privacy_register_version WHERE tenant_id = ? ORDER BY version DESC LIMIT 1`,
      [tenantId],
    );
    return row && versionOf(row);
  }

  /** Version 1: what the product ships, in force since the tenant exists. */
  private async shipped(tenantId: string): Promise<RegisterVersion> {
    const [row] = await this.parts.database.reader.all<{ created_at: number | string }>(
      'SELECT created_at FROM tenant_tenant WHERE id = ?',
      [tenantId],
    );
    return shippedAt(Number(row?.created_at ?? 0));
  }
}

function shippedAt(changedAt: number): RegisterVersion {
  const register = DEFAULT_REGISTER;
  return { version: 1, register, changedAt, changedBy: null, note: '', hash: registerHash(register) };
}

function headOf({ version, hash, changed_by, changed_at, note }: VersionRow): Omit<RegisterVersion, 'register'> {
  return { version: Number(version), changedAt: Number(changed_at), changedBy: changed_by, note, hash };
}

function versionOf(row: VersionRow & { readonly document: string }): RegisterVersion {
  return { ...headOf(row), register: JSON.parse(row.document) as Register };
}

function rowOf(tenantId: string, made: RegisterVersion): (string | number | null)[] {
  const { version, register, hash, changedBy, changedAt, note } = made;
  return [tenantId, version, JSON.stringify(register), hash, changedBy, changedAt, note];
}
