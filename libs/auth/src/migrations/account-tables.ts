import { addColumns, bytes, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SUBJECT = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;

const TABLES: readonly TableDefinition[] = [
  {
    name: 'auth_agreement',
    columns: [
      ...[id('tenant_id'), id('id'), id('subject_id'), code('kind', 24), int('version')],
      ...[code('text_hash', 64), code('locale', 8), int('agreed_at')],
    ],
    primary: ['tenant_id', 'id'],
    references: [SUBJECT],
    indexes: [['tenant_id', 'subject_id']],
  },
  {
    name: 'auth_profile',
    columns: [
      ...[id('tenant_id'), id('member_id'), id('subject_id')],
      ...['nickname', 'real_name', 'telephone', 'fax', 'contact_address', 'region', 'position', 'interest'].map(
        (name) => bytes(`${name}_sealed`, 1024, true),
      ),
      ...[int('version'), code('edited', 300), int('updated_at')],
    ],
    primary: ['tenant_id', 'member_id'],
    references: [SUBJECT, [['tenant_id', 'member_id'], 'auth_member', ['tenant_id', 'id']]],
    indexes: [['tenant_id', 'subject_id']],
  },
];

/** The mobile number of a login, what its person agreed to, and what members say about themselves. */
export class AccountTables1790000000111 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'auth_login', {
      // Null for who was there before: the number is asked for when they next change their basic data.
      columns: [bytes('mobile_sealed', 512, true), code('mobile_index', 34, true), int('mobile_verified_at', true)],
      unique: [['tenant_id', 'mobile_index']],
    });
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
    await runner.query(
      runner.connection.options.type === 'mariadb'
        ? 'DROP INDEX ix_auth_login_tenant_id_mobile_index ON auth_login'
        : 'DROP INDEX ix_auth_login_tenant_id_mobile_index',
    );
    for (const column of ['mobile_sealed', 'mobile_index', 'mobile_verified_at']) {
      await runner.dropColumn('auth_login', column);
    }
  }
}
