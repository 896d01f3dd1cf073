import { forUpdate, lastChange, type Placed, type SqlRow, type SqlValue, StepKind, type Tx } from '@libs/database';
import { type AppError, type Clock, type LastChange, UnexpectedError } from '@libs/kernel';
import { contactErrors } from './contact.errors.js';
import { type FieldTokens, replacePieces } from './contact-piece.repository.js';

/** New values of one contact, as somebody saw it in `version`. */
export interface ContactChange {
  readonly id: string;
  readonly version: number;
  /** Column to value; names are those of the entity. */
  readonly values: Readonly<Record<string, SqlValue>>;
  /** Of each short field among them: what takes the place of its search pieces. */
  readonly pieces: readonly FieldTokens[];
}

/** A contact as it lies, with what earlier sets of the batch do to it. */
interface Lying {
  readonly version: number;
  readonly subjectId: string;
  readonly createdAt: number;
  readonly last: LastChange;
}

interface Batch {
  readonly at: number;
  /** Absent = there is none. */
  readonly contacts: Map<string, Lying>;
  readonly changes: {
    readonly tenantId: string;
    readonly contact: Lying;
    readonly change: ContactChange;
    readonly by: string | null;
  }[];
}

const SELECT =
  'SELECT version, subject_id, created_at, changed_by, updated_at FROM crm_contact WHERE tenant_id = ? AND id = ?';
const COLUMNS = new Set(['name', 'mobile', 'mobile_index', 'email', 'email_index', 'wechat', 'address']);

/** Changes contacts. Of two members who edit the same state one wins and the other hears of it. */
export class ContactEditStep extends StepKind<ContactChange, Batch> {
  readonly name = 'crm-contact-edit';
  readonly order = 50;

  constructor(private readonly clock: Clock) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<ContactChange>[]): Promise<Batch> {
    const contacts = new Map<string, Lying>();
    const keys = new Map(items.map(({ item, set }) => [keyOf(set.tenantId, item.id), [set.tenantId, item.id]]));
    for (const key of [...keys.keys()].sort()) {
      const [row] = await tx.all(SELECT + forUpdate(tx), keys.get(key)!);
      if (row) contacts.set(key, lyingOf(row));
    }
    return { at: this.clock.now(), contacts, changes: [] };
  }

  decide({ contacts }: Batch, { item, set }: Placed<ContactChange>): AppError | undefined {
    const contact = contacts.get(keyOf(set.tenantId, item.id));
    if (contact === undefined) return contactErrors.notFound();
    return contact.version === item.version ? undefined : contactErrors.changed(contact.last, contact.version);
  }

  apply({ at, contacts, changes }: Batch, { item, set }: Placed<ContactChange>): void {
    const key = keyOf(set.tenantId, item.id);
    const contact = contacts.get(key)!;
    const by = set.actor.kind === 'member' ? set.actor.id : null;
    contacts.set(key, { ...contact, version: item.version + 1, last: { by, at } });
    changes.push({ tenantId: set.tenantId, contact, change: item, by });
  }

  async write(tx: Tx, { at, changes }: Batch): Promise<void> {
    for (const { tenantId, contact, change, by } of changes) {
      const names = Object.keys(change.values);
      const wrong = names.find((name) => !COLUMNS.has(name));
      if (wrong) throw new UnexpectedError('crm.column-unknown', 'A contact has no such column');
      await tx.run(
        `UPDATE crm_contact SET ${names.map((name) => `${name} = ?`).join(', ')}, updated_at = ?, changed_by = ?, ` +
          'version = ? WHERE tenant_id = ? AND id = ?',
        [...Object.values(change.values), at, by, change.version + 1, tenantId, change.id],
      );
      await replacePieces(tx, { tenantId, id: change.id, ...contact }, change.pieces);
    }
  }
}

function lyingOf({ version, subject_id: subjectId, created_at: createdAt, ...row }: SqlRow): Lying {
  const last = lastChange(row.changed_by, row.updated_at);
  return { version: Number(version), subjectId: String(subjectId), createdAt: Number(createdAt), last };
}

function keyOf(tenantId: string, id: string): string {
  return `${tenantId}/${id}`;
}
