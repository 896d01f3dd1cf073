import { bytes, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const subject = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;
const login = [['tenant_id', 'login_id'], 'auth_login', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'auth_second_factor',
    columns: [
      id('tenant_id'),
      id('login_id'),
      id('subject_id'),
      bytes('secret_sealed', 256),
      code('state', 16),
      int('last_step'),
      int('created_at'),
      int('confirmed_at', true),
    ],
    primary: ['tenant_id', 'login_id'],
    references: [subject, login],
    indexes: [['tenant_id', 'subject_id']],
  },
  {
    name: 'auth_recovery_code',
    columns: [id('tenant_id'), id('login_id'), code('code_index', 34), id('subject_id'), int('used_at', true)],
    primary: ['tenant_id', 'login_id', 'code_index'],
    references: [subject, login],
    indexes: [['tenant_id', 'subject_id']],
  },
  {
    name: 'auth_known_place',
    columns: [
      id('tenant_id'),
      id('login_id'),
      code('kind', 16),
      code('place_index', 34),
      id('subject_id'),
      bytes('family_sealed', 256, true),
      int('first_at'),
      int('last_at'),
    ],
    primary: ['tenant_id', 'login_id', 'kind', 'place_index'],
    references: [subject, login],
    indexes: [
      ['tenant_id', 'subject_id'],
      ['tenant_id', 'last_at'],
    ],
  },
  {
    name: 'auth_login_event',
    columns: [
      id('tenant_id'),
      id('id'),
      id('login_id'),
      id('subject_id'),
      code('kind', 24),
      int('at'),
      bytes('device_sealed', 256, true),
      bytes('network_sealed', 256, true),
      id('session_id', true),
    ],
    primary: ['tenant_id', 'id'],
    references: [subject, login],
    indexes: [
      ['tenant_id', 'login_id', 'id'],
      ['tenant_id', 'subject_id'],
      ['tenant_id', 'at'],
    ],
  },
];

/** Second factors, places that logins are known from, and what happened to logins. */
export class SecurityTables1790000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}
