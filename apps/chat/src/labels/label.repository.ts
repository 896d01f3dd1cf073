import type { Label, LabelColour, LabelRef } from '@libs/contracts';
import { chunks, DATABASE, type Database, placeholders, type SqlReader } from '@libs/database';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';

interface RawLabel {
  readonly id: string;
  readonly name: string;
  readonly colour: LabelColour;
  readonly position: number | string;
  readonly archived: number | string;
}

/** Labels of the workspace, and those of conversations that the caller was found to see. */
@Injectable()
export class LabelRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** All of them, in their order. */
  async all(): Promise<Label[]> {
    return readLabels(this.database.reader, currentTenant().tenantId);
  }

  /** On how many conversations it is. */
  async uses(id: string): Promise<number> {
    const [row] = await this.database.reader.all<{ many: number | string }>(
      'SELECT COUNT(*) AS many FROM chat_conversation_label WHERE tenant_id = ? AND label_id = ?',
      [currentTenant().tenantId, id],
    );
    return Number(row?.many ?? 0);
  }

  /** By conversation, each in the order of the workspace; nothing for one without labels. */
  async of(conversationIds: readonly string[]): Promise<ReadonlyMap<string, readonly LabelRef[]>> {
    const { tenantId } = currentTenant();
    const found = new Map<string, LabelRef[]>();
    for (const some of chunks(conversationIds)) {
      const rows = await this.database.reader.all<LabelRef & { conversation_id: string }>(
        'SELECT o.conversation_id, l.id, l.name, l.colour FROM chat_conversation_label o JOIN chat_label l ' +
          'ON l.tenant_id = o.tenant_id AND l.id = o.label_id ' +
          `WHERE o.tenant_id = ? AND o.conversation_id IN (${placeholders(some.length)}) ORDER BY l.position, l.id`,
        [tenantId, ...some],
      );
      for (const { conversation_id, id, name, colour } of rows) {
        found.set(conversation_id, [...(found.get(conversation_id) ?? []), { id, name, colour }]);
      }
    }
    return found;
  }
}

/** The labels of a workspace as they stand in a transaction. */
export async function readLabels(reader: SqlReader, tenantId: string): Promise<Label[]> {
  const rows = await reader.all<RawLabel>(
    'SELECT id, name, colour, position, archived FROM chat_label WHERE tenant_id = ? ORDER BY position, id',
    [tenantId],
  );
  return rows.map(({ id, name, colour, position, archived }) => ({
    ...{ id, name, colour },
    order: Number(position),
    archived: Number(archived) === 1,
  }));
}
