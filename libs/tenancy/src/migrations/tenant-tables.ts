import { code, createTable, id, int, longtext, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TenantTables1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'tenant_tenant',
      columns: [id('id'), code('slug'), text('name'), code('state', 16), int('created_at'), int('ended_at', true)],
      primary: ['id'],
      unique: [['slug']],
    });
    await createTable(runner, {
      name: 'tenant_setting',
      columns: [id('tenant_id'), code('name'), longtext('value'), int('updated_at')],
      primary: ['tenant_id', 'name'],
      references: [[['tenant_id'], 'tenant_tenant', ['id']]],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tenant_setting');
    await runner.dropTable('tenant_tenant');
  }
}
