import { code, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a site first embedded the widget. */
export class FirstRun1790000000221 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'chat_first_seen',
      columns: [
        ...[id('tenant_id'), id('inbox_id'), int('seen_at', true)],
        ...[code('refused_origin', 255, true), int('refused_at', true)],
      ],
      primary: ['tenant_id', 'inbox_id'],
      references: [[['tenant_id', 'inbox_id'], 'chat_inbox', ['tenant_id', 'id']]],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('chat_first_seen');
  }
}
