import { addColumns, bytes, code, createTable, id, int, longtext, type TableDefinition, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tenant = [['tenant_id'], 'tenant_tenant', ['id']] as const;
const conversation = [['tenant_id', 'conversation_id'], 'chat_conversation', ['tenant_id', 'id']] as const;

/** Since when each conversation waits, for those that were there before the column. */
const WAITING =
  'UPDATE chat_conversation SET waiting_since = (SELECT MIN(m.at) FROM chat_message m WHERE ' +
  'm.tenant_id = chat_conversation.tenant_id AND m.conversation_id = chat_conversation.id AND m.seq > COALESCE((' +
  'SELECT MAX(r.seq) FROM chat_message r WHERE r.tenant_id = chat_conversation.tenant_id ' +
  "AND r.conversation_id = chat_conversation.id AND r.author_id IS NOT NULL), 0)) WHERE state <> 'resolved'";

/** Order by how long somebody waits. */
export class WaitingSince1790000000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_conversation', {
      columns: [int('waiting_since', true)],
      indexes: [['tenant_id', 'waiting_since']],
    });
    await runner.query(WAITING);
  }

  async down(): Promise<void> {
    // The column may stay: nothing else reads it.
  }
}

const TABLES: readonly TableDefinition[] = [
  {
    name: 'chat_label',
    columns: [
      id('tenant_id'),
      id('id'),
      text('name'),
      code('name_key', 64),
      code('colour', 16),
      int('position'),
      int('archived'),
      int('created_at'),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'name_key']],
    references: [tenant],
  },
  {
    name: 'chat_conversation_label',
    columns: [id('tenant_id'), id('conversation_id'), id('label_id'), int('at')],
    primary: ['tenant_id', 'conversation_id', 'label_id'],
    references: [conversation, [['tenant_id', 'label_id'], 'chat_label', ['tenant_id', 'id']]],
    indexes: [['tenant_id', 'label_id']],
  },
  {
    name: 'chat_view',
    columns: [
      id('tenant_id'),
      id('id'),
      id('member_id'),
      id('subject_id'),
      bytes('name_sealed', 1000),
      code('view', 16),
      code('sort', 16),
      longtext('filter'),
      int('position'),
      int('at'),
    ],
    primary: ['tenant_id', 'id'],
    references: [[['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']]],
    indexes: [
      ['tenant_id', 'member_id'],
      ['tenant_id', 'subject_id'],
    ],
  },
];

/** Labels of a workspace, on which conversations they are, and the views that members keep. */
export class LabelsAndViews1790000000181 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}
