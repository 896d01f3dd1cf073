import { bytes, code, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SEALED_FIELDS, sealedLength } from '../network-log/network-log-row.js';

export class AuditTables1790000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'audit_network_log',
      columns: [
        id('tenant_id'),
        code('month', 7),
        id('id'),
        int('at'),
        id('member_id', true),
        id('subject_id', true),
        code('kind', 8),
        code('method', 10),
        code('route', 200),
        int('status'),
        int('stay_ms', true),
        ...SEALED_FIELDS.map((field) => bytes(field, sealedLength(field), true)),
      ],
      primary: ['tenant_id', 'month', 'id'],
      indexes: [['tenant_id', 'subject_id']],
      references: [
        [['tenant_id'], 'tenant_tenant', ['id']],
        [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_network_log');
  }
}
