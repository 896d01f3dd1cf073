import { addColumns, bytes, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a hand-over is about: the author of the change arranged it. */
export class HandOvers1790000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_change', { columns: [id('member_id', true)] });
  }

  async down(): Promise<void> {
    // The column may stay: nothing else reads it.
  }
}

/** Conversations that are put off: the index finds those whose time has come. */
export class Snoozes1790000000170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_conversation', {
      columns: [int('snoozed_until', true)],
      indexes: [['snoozed_until', 'id']],
    });
    await addColumns(runner, 'chat_change', { columns: [int('snoozed_until', true)] });
  }

  async down(): Promise<void> {
    // The columns may stay: nothing else reads them.
  }
}

/** What members have written and not sent. */
export class Drafts1790000000161 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'chat_draft',
      columns: [
        id('tenant_id'),
        id('conversation_id'),
        id('member_id'),
        id('subject_id'),
        int('version'),
        bytes('message', 65_535, true),
        bytes('note', 65_535, true),
        int('at'),
      ],
      primary: ['tenant_id', 'conversation_id', 'member_id'],
      references: [[['tenant_id', 'conversation_id'], 'chat_conversation', ['tenant_id', 'id']]],
      indexes: [['tenant_id', 'member_id']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('chat_draft');
  }
}
