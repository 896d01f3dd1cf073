import { code, createTable, id, int, longtext, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When businesses answer. */
export class HoursTables1790000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'chat_business_hours',
      columns: [
        id('tenant_id'),
        id('id'),
        text('name', 200),
        code('name_hash', 64),
        code('time_zone', 64),
        code('week', 400),
        longtext('days'),
        int('is_default'),
        int('version'),
        int('created_at'),
      ],
      primary: ['tenant_id', 'id'],
      unique: [['tenant_id', 'name_hash']],
      references: [[['tenant_id'], 'tenant_tenant', ['id']]],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('chat_business_hours');
  }
}
