import { code, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SubjectTables1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_data_subject',
      columns: [id('tenant_id'), id('id'), code('kind', 16), code('state', 16), int('created_at')],
      primary: ['tenant_id', 'id'],
      references: [[['tenant_id'], 'tenant_tenant', ['id']]],
    });
    await createTable(runner, {
      name: 'privacy_subject_link',
      columns: [
        id('tenant_id'),
        id('id'),
        id('subject_id'),
        id('other_id'),
        code('reason', 40),
        code('actor', 80),
        int('at'),
        int('undone_at', true),
      ],
      primary: ['tenant_id', 'id'],
      references: [
        [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
        [['tenant_id', 'other_id'], 'privacy_data_subject', ['tenant_id', 'id']],
      ],
    });
    await createTable(runner, {
      name: 'privacy_consent_record',
      columns: [
        id('tenant_id'),
        id('id'),
        id('subject_id'),
        code('purpose', 40),
        code('decision', 16),
        code('notice_hash', 64),
        int('notice_version'),
        code('locale', 8),
        code('channel', 32),
        id('inbox_id', true),
        code('nonce', 64),
        int('decided_at'),
        int('recorded_at'),
      ],
      primary: ['tenant_id', 'id'],
      unique: [['tenant_id', 'nonce']],
      references: [[['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']]],
      indexes: [['tenant_id', 'subject_id']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['privacy_consent_record', 'privacy_subject_link', 'privacy_data_subject']) {
      await runner.dropTable(table);
    }
  }
}
