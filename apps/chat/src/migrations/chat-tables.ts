import { bytes, code, createTable, id, int, longtext, type TableDefinition, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tenant = [['tenant_id'], 'tenant_tenant', ['id']] as const;
const subject = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;
const conversation = [['tenant_id', 'conversation_id'], 'chat_conversation', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'chat_inbox',
    columns: [
      id('tenant_id'),
      id('id'),
      code('public_key', 32),
      text('name'),
      longtext('origins'),
      longtext('look'),
      int('active'),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['public_key']],
    references: [tenant],
  },
  {
    name: 'chat_notice',
    columns: [
      id('tenant_id'),
      id('inbox_id'),
      int('version'),
      code('locale', 8),
      code('hash', 64),
      longtext('body'),
      int('at'),
    ],
    primary: ['tenant_id', 'inbox_id', 'version', 'locale'],
    references: [[['tenant_id', 'inbox_id'], 'chat_inbox', ['tenant_id', 'id']]],
  },
  {
    name: 'chat_conversation',
    columns: [
      id('tenant_id'),
      id('id'),
      id('inbox_id'),
      id('subject_id'),
      code('state', 16),
      id('assignee_id', true),
      int('created_at'),
      int('last_at'),
    ],
    primary: ['tenant_id', 'id'],
    references: [subject, [['tenant_id', 'inbox_id'], 'chat_inbox', ['tenant_id', 'id']]],
    indexes: [
      ['tenant_id', 'last_at'],
      ['tenant_id', 'assignee_id', 'last_at'],
      ['tenant_id', 'state', 'last_at'],
      ['tenant_id', 'subject_id'],
    ],
  },
  {
    name: 'chat_message',
    columns: [
      id('tenant_id'),
      id('conversation_id'),
      int('seq'),
      int('revision'),
      id('subject_id'),
      id('author_id', true),
      code('sender_id', 32),
      int('send_number'),
      bytes('body', 65_535),
      int('at'),
    ],
    primary: ['tenant_id', 'conversation_id', 'seq'],
    references: [conversation],
  },
  {
    name: 'chat_change',
    columns: [
      id('tenant_id'),
      id('conversation_id'),
      int('revision'),
      int('seq', true),
      id('subject_id'),
      code('kind', 16),
      id('author_id', true),
      code('sender_id', 32, true),
      int('send_number', true),
      bytes('body', 65_535, true),
      int('at'),
    ],
    primary: ['tenant_id', 'conversation_id', 'revision'],
    references: [conversation],
  },
  {
    name: 'chat_sender',
    columns: [
      id('tenant_id'),
      id('conversation_id'),
      code('sender_id', 32),
      code('participant', 40),
      int('since_seq'),
      int('since_revision'),
      int('at'),
    ],
    primary: ['tenant_id', 'conversation_id', 'sender_id'],
    references: [conversation],
  },
  {
    name: 'chat_participant',
    columns: [id('tenant_id'), id('conversation_id'), code('participant', 40), int('delivered'), int('read_seq')],
    primary: ['tenant_id', 'conversation_id', 'participant'],
    references: [conversation],
    indexes: [['tenant_id', 'participant']],
  },
  {
    name: 'chat_visitor_token',
    columns: [
      id('tenant_id'),
      code('token_index', 64),
      id('subject_id'),
      id('inbox_id'),
      id('conversation_id'),
      int('created_at'),
      int('expires_at'),
      int('revoked_at', true),
    ],
    primary: ['tenant_id', 'token_index'],
    references: [subject],
    indexes: [['tenant_id', 'subject_id']],
  },
];

export class ChatTables1790000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}
