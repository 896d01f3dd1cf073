import { addColumns, bytes, code, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The five fields of a contact, sealed, with keyed indexes for the two that one searches by. */
export class CrmContactFields1790000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'crm_contact', {
      columns: [
        bytes('name', 400, true),
        bytes('mobile', 64, true),
        bytes('email', 1100, true),
        bytes('wechat', 64, true),
        bytes('address', 900, true),
        code('mobile_index', 34, true),
        code('email_index', 34, true),
        int('updated_at'),
        int('version'),
      ],
      indexes: [
        ['tenant_id', 'created_at', 'id'],
        ['tenant_id', 'mobile_index'],
        ['tenant_id', 'email_index'],
      ],
    });
    await runner.query('UPDATE crm_contact SET updated_at = created_at, version = 1 WHERE version = 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const columns of ['created_at_id', 'mobile_index', 'email_index']) {
      await runner.dropIndex('crm_contact', `ix_crm_contact_tenant_id_${columns}`);
    }
    const names = ['name', 'mobile', 'email', 'wechat', 'address', 'mobile_index', 'email_index'];
    await runner.dropColumns('crm_contact', [...names, 'updated_at', 'version']);
  }
}
