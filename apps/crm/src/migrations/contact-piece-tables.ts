import { addColumns, code, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What names and WeChat ids are found by. Contacts that are there already have none: no value can be opened here, so they
 * are marked with 0 and the process makes them later.
 */
export class ContactPieces1790000000271 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'crm_contact_piece',
      columns: [
        ...[id('tenant_id'), id('subject_id'), code('field', 16), code('token', 34)],
        ...[id('contact_id'), int('created_at')],
      ],
      primary: ['tenant_id', 'subject_id', 'field', 'token'],
      // The newest first, as contacts are listed.
      indexes: [['tenant_id', 'field', 'token', 'created_at', 'contact_id']],
      references: [
        [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
        [['tenant_id', 'contact_id'], 'crm_contact', ['tenant_id', 'id']],
      ],
    });
    await addColumns(runner, 'crm_contact', { columns: [int('pieces')], indexes: [['tenant_id', 'pieces', 'id']] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('crm_contact_piece');
    await runner.dropIndex('crm_contact', 'ix_crm_contact_tenant_id_pieces_id');
    await runner.dropColumns('crm_contact', ['pieces']);
  }
}
