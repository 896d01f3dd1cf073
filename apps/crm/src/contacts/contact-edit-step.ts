import { forUpdate, type Placed, type SqlValue, StepKind, type Tx } from '@libs/database';
import { type AppError, type Clock, UnexpectedError } from '@libs/kernel';
import { contactErrors } from './contact.errors.js';

/** New values of one contact, as somebody saw it in `version`. */
export interface ContactChange {
  readonly id: string;
  readonly version: number;
  /** Column to value; names are those of the entity. */
  readonly values: Readonly<Record<string, SqlValue>>;
}

interface Batch {
  readonly at: number;
  /** Version of each contact, with what earlier sets of the batch do to it; absent = there is none. */
  readonly versions: Map<string, number>;
  readonly changes: { readonly tenantId: string; readonly change: ContactChange }[];
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
    const versions = new Map<string, number>();
    const keys = new Map(items.map(({ item, set }) => [keyOf(set.tenantId, item.id), [set.tenantId, item.id]]));
    for (const key of [...keys.keys()].sort()) {
      const [row] = await tx.all<{ version: number | string }>(
        `SELECT version FROM crm_contact WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
        keys.get(key)!,
      );
      if (row) versions.set(key, Number(row.version));
    }
    return { at: this.clock.now(), versions, changes: [] };
  }

  decide({ versions }: Batch, { item, set }: Placed<ContactChange>): AppError | undefined {
    const version = versions.get(keyOf(set.tenantId, item.id));
    if (version === undefined) return contactErrors.notFound();
    return version === item.version ? undefined : contactErrors.changed(version);
  }

  apply({ versions, changes }: Batch, { item, set }: Placed<ContactChange>): void {
    versions.set(keyOf(set.tenantId, item.id), item.version + 1);
    changes.push({ tenantId: set.tenantId, change: item });
  }

  async write(tx: Tx, { at, changes }: Batch): Promise<void> {
    for (const { tenantId, change } of changes) {
      const names = Object.keys(change.values);
      const wrong = names.find((name) => !COLUMNS.has(name));
      if (wrong) throw new UnexpectedError('crm.column-unknown', 'A contact has no such column');
      await tx.run(
        `UPDATE crm_contact SET ${names.map((name) => `${name} = ?`).join(', ')}, updated_at = ?, version = ? ` +
          'WHERE tenant_id = ? AND id = ?',
        [...Object.values(change.values), at, change.version + 1, tenantId, change.id],
      );
    }
  }
}

function keyOf(tenantId: string, id: string): string {
  return `${tenantId}/${id}`;
}
