import { createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Looks that are going on. */
export class LiveLooks1790000000261 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'chat_live_look',
      columns: [id('tenant_id'), id('conversation_id'), id('id'), int('lasts_until')],
      primary: ['tenant_id', 'conversation_id', 'id'],
      references: [[['tenant_id', 'conversation_id'], 'chat_conversation', ['tenant_id', 'id']]],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('chat_live_look');
  }
}
