import type { Preferences, PreferencesEdit } from '@libs/contracts';
import { forUpdate, lastChange, type SqlReader, type SqlValue, type Tx, upsert } from '@libs/database';
import { OvertakenError, UnexpectedError, UserError } from '@libs/kernel';
import { type FieldSpec, field } from '@libs/privacy';
import { commitment } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import { assertLive } from '../members/live-person.js';
import type { AuthPorts } from '../ports.js';
import { checkSettings, settingsFrom } from './preference-settings.js';

/** Whose preferences they are: the caller's own. */
export interface PreferenceOwner {
  readonly tenantId: string;
  readonly memberId: string;
}

interface Row {
  readonly subject_id: string;
  readonly settings_sealed: Buffer | null;
  readonly version: number | string | null;
  readonly edited: string | null;
  readonly [column: string]: SqlValue | undefined;
}

const SETTINGS: FieldSpec = field('auth_preference', 'settings_sealed', 'identity', ['service-account']);
const SELECT =
  'SELECT m.subject_id, p.settings_sealed, p.version, p.edited, p.updated_at FROM auth_member m ' +
  'LEFT JOIN auth_preference p ON p.tenant_id = m.tenant_id AND p.member_id = m.id WHERE m.tenant_id = ? AND m.id = ?';
const ROW = {
  table: 'auth_preference',
  columns: ['tenant_id', 'member_id', 'subject_id', 'settings_sealed', 'version', 'edited', 'updated_at'],
  keys: ['tenant_id', 'member_id'],
  update: ['settings_sealed', 'version', 'edited', 'updated_at'],
} as const;

/** What a member has set for itself in a workspace; it follows the member to every device. */
export class MemberPreferences {
  constructor(private readonly ports: Pick<AuthPorts, 'database' | 'work' | 'clock' | 'cipher'>) {}

  async get(owner: PreferenceOwner): Promise<Preferences> {
    const row = await inTenant(owner.tenantId, () => read(this.ports.database.reader, owner));
    await this.ports.cipher.load(owner.tenantId, [row.subject_id], 'identity');
    return this.open(owner, row);
  }

  /** 422 names settings that cannot be; 409 those that another device has changed since the version of the edit. */
  async edit(owner: PreferenceOwner, edit: PreferencesEdit, correlationId: string): Promise<Preferences> {
    const { tenantId, memberId } = owner;
    const { settings, faults } = checkSettings({ ...edit.settings });
    if (faults.length > 0) throw invalid(faults);
    const names = Object.keys(settings);
    if (names.length === 0) return this.get(owner);
    const { database, work, cipher } = this.ports;
    const { subject_id: subjectId } = await inTenant(tenantId, () => read(database.reader, owner));
    await cipher.load(tenantId, [subjectId], 'identity');
    const scope = {
      tenantId,
      actor: { kind: 'member', id: memberId },
      purpose: 'service-account',
      correlationId,
    } as const;
    return inTenant(tenantId, () =>
      work.run(scope, async ({ tx, record }) => {
        await assertLive(tx, tenantId, subjectId);
        const row = await read(tx, owner, forUpdate(tx));
        const now = Number(row.version ?? 0);
        const edits = editsOf(row.edited);
        if (now !== edit.version) throw changed(owner, row, newerThan(edits, edit.version));
        const { version: _old, ...held } = this.open(owner, row);
        const text = JSON.stringify({ ...held, ...settings });
        for (const name of names) edits.set(name, now + 1);
        await this.store(tx, owner, { subjectId, text, version: now + 1, edits });
        record({
          kind: 'account.preferences-changed.v1',
          ...{ subjectId, resource: `member:${memberId}`, fields: names.join(), commitment: commitment(text) },
        });
        return { ...held, ...settings, version: now + 1 };
      }),
    );
  }

  private async store(
    tx: Tx,
    { tenantId, memberId }: PreferenceOwner,
    kept: {
      readonly subjectId: string;
      readonly text: string;
      readonly version: number;
      readonly edits: ReadonlyMap<string, number>;
    },
  ): Promise<void> {
    const { subjectId, text, version, edits } = kept;
    const sealed = this.ports.cipher.seal(tenantId, subjectId, SETTINGS, memberId, text, 'service-account');
    const edited = [...edits].map((pair) => pair.join('=')).join();
    await upsert(tx, ROW, [tenantId, memberId, subjectId, sealed, version, edited, this.ports.clock.now()]);
  }

  private open({ tenantId, memberId }: PreferenceOwner, row: Row): Preferences {
    const sealed = row.settings_sealed;
    const text =
      sealed === null
        ? null
        : // libsql answers blobs as ArrayBuffer.
          this.ports.cipher.open(tenantId, row.subject_id, SETTINGS, memberId, Buffer.from(sealed), 'service-account');
    return { ...settingsFrom(text), version: Number(row.version ?? 0) };
  }
}

async function read(reader: SqlReader, { tenantId, memberId }: PreferenceOwner, lock = ''): Promise<Row> {
  const [row] = await reader.all<Row>(SELECT + lock, [tenantId, memberId]);
  if (!row) throw new UnexpectedError('account.member-missing', 'A session names a member that is not there');
  return row;
}

/** `theme=3,sounds=2`: the version that changed each setting last. */
function editsOf(text: string | null): Map<string, number> {
  const pairs = (text ?? '').split(',').filter((pair) => pair !== '');
  return new Map(pairs.map((pair) => [pair.split('=')[0]!, Number(pair.split('=')[1])]));
}

function newerThan(edits: ReadonlyMap<string, number>, version: number): readonly string[] {
  return [...edits].filter(([, at]) => at > version).map(([name]) => name);
}

function invalid(faults: readonly string[]): UserError {
  return new UserError('account.preferences-invalid', 'Some settings cannot be kept as they are.', {
    status: 422,
    details: { fields: faults.join(',') },
  });
}

/** Nobody else edits them. */
function changed({ memberId }: PreferenceOwner, row: Row, fields: readonly string[]): OvertakenError {
  const last = lastChange(memberId, row.updated_at);
  const details = { version: Number(row.version ?? 0), fields: fields.join(',') };
  return new OvertakenError(
    'account.preferences-changed',
    'Another device changed the preferences meanwhile.',
    last,
    details,
  );
}
