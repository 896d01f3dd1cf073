import { addColumns, bytes, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const subject = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'auth_invitation',
    columns: [
      id('tenant_id'),
      id('id'),
      id('subject_id'),
      bytes('email_sealed', 512, true),
      code('email_index', 34, true),
      code('token_index', 34),
      code('role', 24),
      // No foreign key: whoever invited may leave before the invitation does.
      id('invited_by'),
      code('state', 16),
      int('created_at'),
      int('expires_at'),
      int('version'),
    ],
    primary: ['tenant_id', 'id'],
    unique: [
      ['tenant_id', 'token_index'],
      ['tenant_id', 'email_index'],
    ],
    references: [subject],
    indexes: [['tenant_id', 'subject_id']],
  },
  {
    name: 'auth_invitation_count',
    columns: [id('tenant_id'), id('counted_id'), int('since'), int('sent')],
    primary: ['tenant_id', 'counted_id', 'since'],
    references: [[['tenant_id'], 'tenant_tenant', ['id']]],
  },
  {
    name: 'auth_notice_confirmation',
    columns: [
      id('tenant_id'),
      id('member_id'),
      code('version', 32),
      id('subject_id'),
      code('hash', 64),
      code('locale', 8),
      int('confirmed_at'),
    ],
    primary: ['tenant_id', 'member_id', 'version'],
    references: [subject, [['tenant_id', 'member_id'], 'auth_member', ['tenant_id', 'id']]],
    indexes: [['tenant_id', 'subject_id']],
  },
];

/** Invitations, what members confirmed, and the versions that two who edit at once are told apart by. */
export class MemberTables1790000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'auth_member', { columns: [{ ...int('version'), initial: '1' }] });
    await addColumns(runner, 'tenant_tenant', { columns: [{ ...int('version'), initial: '1' }] });
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
    for (const table of ['tenant_tenant', 'auth_member']) await runner.dropColumn(table, 'version');
  }
}
