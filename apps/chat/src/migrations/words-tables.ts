import { bytes, code, createTable, id, int, longtext, type TableDefinition, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tenant = [['tenant_id'], 'tenant_tenant', ['id']] as const;
const subject = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;
const conversation = [['tenant_id', 'conversation_id'], 'chat_conversation', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'chat_canned_response',
    columns: [
      id('tenant_id'),
      id('id'),
      text('shortcut', 64),
      text('title'),
      longtext('text'),
      code('locale', 8, true),
      int('position'),
      int('version'),
      int('updated_at'),
    ],
    primary: ['tenant_id', 'id'],
    references: [tenant],
  },
  {
    name: 'chat_own_response',
    columns: [
      id('tenant_id'),
      id('id'),
      id('member_id'),
      id('subject_id'),
      bytes('shortcut', 1000),
      bytes('title', 1000),
      bytes('text', 65_535),
      code('locale', 8, true),
      int('position'),
      int('version'),
      int('updated_at'),
    ],
    primary: ['tenant_id', 'id'],
    references: [subject],
    indexes: [
      ['tenant_id', 'member_id'],
      ['tenant_id', 'subject_id'],
    ],
  },
  {
    name: 'chat_mention',
    columns: [
      id('tenant_id'),
      id('conversation_id'),
      int('revision'),
      id('member_id'),
      id('author_id'),
      int('at'),
      int('read_at', true),
    ],
    primary: ['tenant_id', 'conversation_id', 'revision', 'member_id'],
    references: [conversation],
    indexes: [['tenant_id', 'member_id', 'at']],
  },
];

/** Canned responses of the workspace and of members; whom notes name. */
export class Words1790000000190 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}
