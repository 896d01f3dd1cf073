import { bytes, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const subject = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'auth_login',
    columns: [
      id('tenant_id'),
      id('id'),
      id('subject_id'),
      bytes('email_sealed', 512),
      code('email_index', 34),
      code('secret_hash', 200),
      code('state', 16),
      int('created_at'),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'email_index']],
    references: [subject],
    indexes: [['tenant_id', 'subject_id']],
  },
  {
    name: 'auth_member',
    columns: [
      id('tenant_id'),
      id('id'),
      id('subject_id'),
      // A login belongs to the platform tenant, so no key of this tenant can refer to it; `StaffAccounts` tests it.
      id('login_id'),
      code('role', 24),
      bytes('display_name_sealed', 512),
      code('state', 16),
      int('created_at'),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'login_id']],
    references: [subject],
    indexes: [['tenant_id', 'subject_id'], ['login_id']],
  },
  {
    name: 'auth_session',
    columns: [
      id('tenant_id'),
      id('id'),
      id('member_id'),
      id('subject_id'),
      code('token_index', 34),
      int('created_at'),
      int('last_seen_at'),
      int('expires_at'),
      int('revoked_at', true),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'token_index']],
    references: [subject, [['tenant_id', 'member_id'], 'auth_member', ['tenant_id', 'id']]],
    indexes: [
      ['tenant_id', 'member_id'],
      ['tenant_id', 'subject_id'],
    ],
  },
];

/** Logins of the platform, members and sessions of tenants. */
export class AuthTables1790000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}
