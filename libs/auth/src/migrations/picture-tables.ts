import { bytes, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE: TableDefinition = {
  name: 'auth_picture',
  columns: [
    ...[id('tenant_id'), id('member_id'), id('subject_id')],
    // 64 KiB in base64, and what sealing adds.
    ...[bytes('picture_sealed', 87_500), id('mark'), int('updated_at')],
  ],
  primary: ['tenant_id', 'member_id'],
  references: [
    [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
    [['tenant_id', 'member_id'], 'auth_member', ['tenant_id', 'id']],
  ],
  indexes: [['tenant_id', 'subject_id']],
};

/** Pictures of members. */
export class PictureTables1790000000260 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE.name);
  }
}
