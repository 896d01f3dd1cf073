import { addColumns, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SUBJECT = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;
const LOGIN = [['tenant_id', 'login_id'], 'auth_login', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'auth_code',
    columns: [
      ...[id('tenant_id'), code('number_index', 34), code('purpose', 16), id('id'), id('subject_id', true)],
      ...[code('code_index', 34), int('tries'), int('created_at'), int('expires_at'), int('taken_at', true)],
    ],
    primary: ['tenant_id', 'number_index', 'purpose'],
    references: [SUBJECT],
    indexes: [
      ['tenant_id', 'subject_id'],
      ['tenant_id', 'expires_at'],
    ],
  },
  {
    name: 'auth_request_count',
    columns: [id('tenant_id'), code('counted', 34), int('since'), int('used'), int('until')],
    primary: ['tenant_id', 'counted', 'since'],
    references: [[['tenant_id'], 'tenant_tenant', ['id']]],
    indexes: [['tenant_id', 'until']],
  },
  {
    name: 'auth_reset',
    columns: [
      ...[id('tenant_id'), id('id'), id('login_id'), id('subject_id'), code('made_by', 16)],
      ...[id('made_in', true), id('maker_id', true), code('token_index', 34)],
      ...[int('created_at'), int('expires_at'), int('used_at', true)],
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'token_index']],
    references: [SUBJECT, LOGIN],
    indexes: [
      ['tenant_id', 'login_id'],
      ['tenant_id', 'subject_id'],
      ['tenant_id', 'expires_at'],
    ],
  },
];

/** Codes by text message, links that reset a password, what limits both, and whether somebody else knows a password. */
export class OneTimeTables1790000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'auth_login', { columns: [int('secret_shared_at', true)] });
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
    await runner.dropColumn('auth_login', 'secret_shared_at');
  }
}
