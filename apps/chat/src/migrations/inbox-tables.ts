import { addColumns, bytes, code, createTable, id, int, type TableDefinition, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const inbox = [['tenant_id', 'inbox_id'], 'chat_inbox', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'chat_inbox_change',
    columns: [id('tenant_id'), id('inbox_id'), int('version'), code('fields', 200), id('member_id', true), int('at')],
    primary: ['tenant_id', 'inbox_id', 'version'],
    references: [inbox],
  },
  {
    name: 'chat_inbox_secret',
    columns: [
      id('tenant_id'),
      id('id'),
      id('inbox_id'),
      bytes('sealed', 200),
      int('created_at'),
      int('expires_at', true),
    ],
    primary: ['tenant_id', 'id'],
    references: [inbox],
    indexes: [['tenant_id', 'inbox_id']],
  },
  {
    name: 'chat_identity_use',
    columns: [id('tenant_id'), code('use_index', 64), id('inbox_id'), int('expires_at')],
    primary: ['tenant_id', 'use_index'],
    references: [inbox],
    indexes: [['tenant_id', 'expires_at']],
  },
  {
    name: 'chat_identified_visitor',
    columns: [
      id('tenant_id'),
      id('id'),
      id('inbox_id'),
      id('subject_id'),
      code('name_index', 64),
      bytes('site_name', 1000),
      bytes('name', 1000, true),
      bytes('mobile', 1000, true),
      bytes('email', 1000, true),
      id('link_id', true),
      int('at'),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'inbox_id', 'subject_id']],
    references: [inbox, [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']]],
    indexes: [
      ['tenant_id', 'name_index'],
      ['tenant_id', 'subject_id'],
    ],
  },
];

/** Settings, history and secrets of inboxes; visitors whom the embedding site has named. */
export class InboxTables1790000000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_inbox', {
      columns: [
        { ...int('version'), initial: '1' },
        int('created_at'),
        int('ended_at', true),
        int('attested_at', true),
        id('attested_by', true),
        { ...code('identity_mode', 16), initial: 'off' },
        { ...text('business_contact'), initial: '' },
      ],
    });
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}

/** Where complaints go, where that is not the contact. */
export class ComplaintContact1790000000262 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_inbox', { columns: [{ ...text('complaint_contact'), initial: '' }] });
  }

  async down(): Promise<void> {
    // The column may stay: nothing else reads it.
  }
}
