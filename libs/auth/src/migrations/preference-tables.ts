import { bytes, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE: TableDefinition = {
  name: 'auth_preference',
  columns: [
    ...[id('tenant_id'), id('member_id'), id('subject_id'), bytes('settings_sealed', 2048)],
    ...[int('version'), code('edited', 300), int('updated_at')],
  ],
  primary: ['tenant_id', 'member_id'],
  references: [
    [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
    [['tenant_id', 'member_id'], 'auth_member', ['tenant_id', 'id']],
  ],
  indexes: [['tenant_id', 'subject_id']],
};

/** What members set for themselves. */
export class PreferenceTables1790000000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE.name);
  }
}
