import { bytes, code, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replies that go out later: the index finds those whose time has come. */
export class ScheduledReplies1790000000251 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'chat_scheduled_reply',
      columns: [
        ...[id('tenant_id'), id('id'), id('conversation_id'), id('subject_id'), id('author_id')],
        ...[bytes('body', 65_535), int('due_at'), int('base_seq'), int('version')],
        ...[code('state', 16), code('refusal', 32, true), int('at')],
      ],
      primary: ['tenant_id', 'id'],
      references: [[['tenant_id', 'conversation_id'], 'chat_conversation', ['tenant_id', 'id']]],
      indexes: [
        ['tenant_id', 'conversation_id'],
        ['state', 'due_at', 'id'],
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('chat_scheduled_reply');
  }
}
