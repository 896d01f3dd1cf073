import type { ConversationView, ListFilter, ListSort } from '@libs/contracts';
import type { SqlReader, Tx } from '@libs/database';

/** A saved view as it lies there; its name is sealed. */
export interface ViewRow {
  readonly id: string;
  readonly subjectId: string;
  readonly nameSealed: Buffer;
  readonly view: ConversationView;
  readonly sort: ListSort;
  readonly filter: ListFilter;
  readonly order: number;
}

interface RawView {
  readonly id: string;
  readonly subject_id: string;
  readonly name_sealed: Buffer;
  readonly view: ConversationView;
  readonly sort: ListSort;
  readonly filter: string;
  readonly position: number | string;
}

/** Views of one member, in their order. */
export async function readViews(reader: SqlReader, tenantId: string, memberId: string): Promise<ViewRow[]> {
  const rows = await reader.all<RawView>(
    'SELECT id, subject_id, name_sealed, view, sort, filter, position FROM chat_view ' +
      'WHERE tenant_id = ? AND member_id = ? ORDER BY position, id',
    [tenantId, memberId],
  );
  return rows.map(({ id, subject_id, name_sealed, view, sort, filter, position }) => ({
    ...{ id, view, sort, subjectId: subject_id, order: Number(position) },
    // libsql answers blobs as ArrayBuffer.
    nameSealed: Buffer.from(name_sealed),
    filter: JSON.parse(filter) as ListFilter,
  }));
}

/** A label that is deleted narrows no saved view any more. */
export async function dropLabel(tx: Tx, tenantId: string, labelId: string): Promise<void> {
  const rows = await tx.all<{ id: string; filter: string }>(
    'SELECT id, filter FROM chat_view WHERE tenant_id = ? AND filter LIKE ?',
    [tenantId, `%${labelId}%`],
  );
  for (const { id, filter } of rows) {
    const { label = [], ...others } = JSON.parse(filter) as ListFilter;
    const left = label.filter((one) => one !== labelId);
    const kept: ListFilter = left.length > 0 ? { ...others, label: left } : others;
    await tx.run('UPDATE chat_view SET filter = ? WHERE tenant_id = ? AND id = ?', [
      JSON.stringify(kept),
      tenantId,
      id,
    ]);
  }
}
