import type { Profile, ProfileEdit } from '@libs/contracts';
import { forUpdate, lastChange, type SqlReader, type SqlValue, type Tx, upsert } from '@libs/database';
import { announce } from '@libs/events';
import { UnexpectedError } from '@libs/kernel';
import { commitment } from '@libs/privacy-core';
import { profileChanged } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import { EMAIL, MOBILE } from '../logins/login-fields.js';
import { assertLive } from '../members/live-person.js';
import { DISPLAY_NAME } from '../members/member-names.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import {
  type CheckedFields,
  checkFields,
  lockedFields,
  OPTIONAL_FIELDS,
  type OptionalField,
} from './profile-fields.js';

/** Whose profile it is: the caller's own. */
export interface ProfileOwner {
  readonly tenantId: string;
  readonly memberId: string;
  readonly role: string;
}

interface Row {
  readonly subject_id: string;
  readonly login_id: string;
  readonly display_name_sealed: Buffer;
  readonly version: number | string | null;
  readonly edited: string | null;
  readonly [column: string]: SqlValue | undefined;
}

interface LoginRow {
  readonly subject_id: string;
  readonly email_sealed: Buffer;
  readonly mobile_sealed: Buffer | null;
  readonly mobile_verified_at: number | string | null;
}

const NAMES = Object.keys(OPTIONAL_FIELDS) as OptionalField[];
const COLUMNS = NAMES.map((name) => OPTIONAL_FIELDS[name].spec.column);
const SELECT =
  `SELECT m.subject_id, m.login_id, m.display_name_sealed, p.version, p.edited, p.updated_at, ${COLUMNS.map((name) => `p.${name}`)} ` +
  'FROM auth_member m LEFT JOIN auth_profile p ON p.tenant_id = m.tenant_id AND p.member_id = m.id ' +
  'WHERE m.tenant_id = ? AND m.id = ?';

/** One's own data in full, and the edits of it (F-0104, F-0114). */
export class Profiles {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  /** Everything that is held, for its person. */
  async get({ tenantId, memberId, role }: ProfileOwner): Promise<Profile> {
    const row = await inTenant(tenantId, () => this.read(this.ports.database.reader, tenantId, memberId));
    const { cipher } = this.ports;
    const subjectId = row.subject_id;
    for (const group of ['identity', 'contact'] as const) await cipher.load(tenantId, [subjectId], group);
    const open = (name: OptionalField): string | null => {
      const { spec } = OPTIONAL_FIELDS[name];
      const sealed = row[spec.column];
      // libsql answers blobs as ArrayBuffer.
      if (sealed == null) return null;
      return cipher.open(tenantId, subjectId, spec, memberId, Buffer.from(sealed as Buffer), 'service-account');
    };
    const name = Buffer.from(row.display_name_sealed);
    const optional = Object.fromEntries(NAMES.map((field) => [field, open(field)])) as Record<OptionalField, string>;
    return {
      displayName: cipher.open(tenantId, subjectId, DISPLAY_NAME, memberId, name, 'service-account'),
      ...optional,
      ...(await this.login(row.login_id)),
      locked: lockedFields(role),
      version: Number(row.version ?? 0),
    };
  }

  /** Changes fields of the version that the person saw: 403 names locked ones, 409 what another browser has changed. */
  async edit(owner: ProfileOwner, edit: ProfileEdit, correlationId: string): Promise<Profile> {
    const { tenantId, memberId, role } = owner;
    const fields = checkFields(edit.fields, role);
    if (fields.size > 0) await this.write(owner, { version: edit.version, fields }, correlationId);
    return this.get({ tenantId, memberId, role });
  }

  private async write(
    { tenantId, memberId }: ProfileOwner,
    { version, fields }: { readonly version: number; readonly fields: CheckedFields },
    correlationId: string,
  ): Promise<void> {
    const { database, clock, work } = this.ports;
    const { subject_id: subjectId } = await inTenant(tenantId, () => this.read(database.reader, tenantId, memberId));
    const sealed = await this.seal({ tenantId, subjectId, memberId }, fields);
    const actor = { kind: 'member', id: memberId } as const;
    const news = { kind: 'name', tenantId, ref: memberId } as const;
    await inTenant(tenantId, () =>
      work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async ({ tx, record }) => {
        await assertLive(tx, tenantId, subjectId);
        const row = await this.read(tx, tenantId, memberId, forUpdate(tx));
        const edits = editsOf(row.edited);
        const now = Number(row.version ?? 0);
        if (now !== version) throw profileChanged(lastChange(memberId, row.updated_at), now, newerThan(edits, version));
        for (const name of fields.keys()) edits.set(name, now + 1);
        await this.store(tx, { tenantId, memberId, subjectId }, sealed, {
          ...{ version: now + 1, edited: [...edits].map((pair) => pair.join('=')).join() },
          updated_at: clock.now(),
        });
        await announce(tx, news);
        record({
          kind: 'account.profile-changed.v1',
          ...{ subjectId, resource: `member:${memberId}`, fields: [...fields.keys()].join() },
          commitment: commitment(Buffer.concat([...sealed.values()].map((value) => value ?? Buffer.alloc(0)))),
        });
      }),
    );
    await this.ports.feed.poll();
  }

  private async store(
    tx: Tx,
    { tenantId, memberId, subjectId }: { tenantId: string; memberId: string; subjectId: string },
    sealed: ReadonlyMap<string, Buffer | null>,
    rest: Readonly<Record<string, SqlValue>>,
  ): Promise<void> {
    const name = sealed.get('display_name_sealed');
    if (name) {
      await tx.run('UPDATE auth_member SET display_name_sealed = ? WHERE tenant_id = ? AND id = ?', [
        name,
        tenantId,
        memberId,
      ]);
    }
    const changed = [...[...sealed].filter(([column]) => column !== 'display_name_sealed'), ...Object.entries(rest)];
    const update = changed.map(([column]) => column);
    const columns = ['tenant_id', 'member_id', 'subject_id', ...update];
    const values = [tenantId, memberId, subjectId, ...changed.map(([, value]) => value)];
    await upsert(tx, { table: 'auth_profile', columns, keys: ['tenant_id', 'member_id'], update }, values);
  }

  private async seal(
    { tenantId, subjectId, memberId }: { tenantId: string; subjectId: string; memberId: string },
    fields: CheckedFields,
  ): Promise<ReadonlyMap<string, Buffer | null>> {
    const { cipher } = this.ports;
    for (const group of ['identity', 'contact'] as const) await cipher.load(tenantId, [subjectId], group);
    const specOf = (name: OptionalField | 'displayName') =>
      name === 'displayName' ? DISPLAY_NAME : OPTIONAL_FIELDS[name].spec;
    return new Map(
      [...fields].map(([name, text]) => {
        const spec = specOf(name);
        const value = text === null ? null : cipher.seal(tenantId, subjectId, spec, memberId, text, 'service-account');
        return [spec.column, value];
      }),
    );
  }

  private async login(
    loginId: string,
  ): Promise<Pick<Profile, 'email' | 'emailVerifiedAt' | 'mobile' | 'mobileVerifiedAt'>> {
    const { cipher, database } = this.ports;
    const tenantId = await this.platform.id();
    const [row] = await inTenant(tenantId, () =>
      database.reader.all<LoginRow & Record<string, SqlValue>>(
        'SELECT subject_id, email_sealed, email_verified_at, mobile_sealed, mobile_verified_at FROM auth_login ' +
          'WHERE tenant_id = ? AND id = ?',
        [tenantId, loginId],
      ),
    );
    if (!row) throw missing();
    await cipher.load(tenantId, [row.subject_id], 'contact');
    const open = (spec: typeof EMAIL, sealed: Buffer) =>
      cipher.open(tenantId, row.subject_id, spec, loginId, Buffer.from(sealed), 'service-account');
    return {
      email: open(EMAIL, row.email_sealed),
      emailVerifiedAt: row.email_verified_at === null ? null : Number(row.email_verified_at),
      mobile: row.mobile_sealed && open(MOBILE, row.mobile_sealed),
      mobileVerifiedAt: row.mobile_verified_at === null ? null : Number(row.mobile_verified_at),
    };
  }

  private async read(reader: SqlReader, tenantId: string, memberId: string, lock = ''): Promise<Row> {
    const [row] = await reader.all<Row>(SELECT + lock, [tenantId, memberId]);
    if (!row) throw missing();
    return row;
  }
}

function missing(): UnexpectedError {
  return new UnexpectedError('account.member-missing', 'A session names a member that is not there');
}

/** `nickname=3,region=2`: the version that changed each field last. */
function editsOf(text: string | null): Map<string, number> {
  const pairs = (text ?? '').split(',').filter((pair) => pair !== '');
  return new Map(pairs.map((pair) => [pair.split('=')[0]!, Number(pair.split('=')[1])]));
}

function newerThan(edits: ReadonlyMap<string, number>, version: number): readonly string[] {
  return [...edits].filter(([, at]) => at > version).map(([name]) => name);
}
