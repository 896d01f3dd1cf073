import { forUpdate, type Placed, type SqlValue, StepKind, type Tx } from '@libs/database';
import { type AppError, type Clock, UnexpectedError } from '@libs/kernel';
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
}

interface Batch {
  readonly at: number;
  /** Absent = there is none. */
  readonly contacts: Map<string, Lying>;
  readonly changes: { readonly tenantId: string; readonly contact: Lying; readonly change: ContactChange }[];
}

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
      const [row] = await tx.all<{ version: number | string; subject_id: string; created_at: number | string }>(
        `SELECT version, subject_id, created_at FROM crm_contact WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
        keys.get(key)!,
      );
      if (!row) continue;
      const { version, subject_id: subjectId, created_at: createdAt } = row;
      contacts.set(key, { version: Number(version), subjectId, createdAt: Number(createdAt) });
    }
    return { at: this.clock.now(), contacts, changes: [] };
  }

  decide({ contacts }: Batch, { item, set }: Placed<ContactChange>): AppError | undefined {
    const version = contacts.get(keyOf(set.tenantId, item.id))?.version;
    if (version === undefined) return contactErrors.notFound();
    return version === item.version ? undefined : contactErrors.changed(version);
  }

  apply({ contacts, changes }: Batch, { item, set }: Placed<ContactChange>): void {
    const key = keyOf(set.tenantId, item.id);
    const contact = contacts.get(key)!;
    contacts.set(key, { ...contact, version: item.version + 1 });
    changes.push({ tenantId: set.tenantId, contact, change: item });
  }

  async write(tx: Tx, { at, changes }: Batch): Promise<void> {
    for (const { tenantId, contact, change } of changes) {
      const names = Object.keys(change.values);
      const wrong = names.find((name) => !COLUMNS.has(name));
      if (wrong) throw new UnexpectedError('crm.column-unknown', 'A contact has no such column');
      await tx.run(
        `UPDATE crm_contact SET ${names.map((name) => `${name} = ?`).join(', ')}, updated_at = ?, version = ? ` +
          'WHERE tenant_id = ? AND id = ?',
        [...Object.values(change.values), at, change.version + 1, tenantId, change.id],
      );
      await replacePieces(tx, { tenantId, id: change.id, ...contact }, change.pieces);
    }
  }
}

function keyOf(tenantId: string, id: string): string {
  return `${tenantId}/${id}`;
}
