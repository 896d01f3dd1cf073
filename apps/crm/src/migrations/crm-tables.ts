import { createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts, one per person and tenant. */
export class CrmTables1790000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'crm_contact',
      columns: [id('tenant_id'), id('id'), id('subject_id'), int('created_at')],
      primary: ['tenant_id', 'id'],
      unique: [['tenant_id', 'subject_id']],
      references: [[['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']]],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('crm_contact');
  }
}
