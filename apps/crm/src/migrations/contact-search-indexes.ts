import { addColumns } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FIELDS = ['mobile_index', 'email_index'] as const;

/**
 * Who searches for a value wants the newest first. With the value alone in the index SQLite walked all contacts of the
 * tenant in their order instead of going to the value.
 */
export class ContactSearchIndexes1790000000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addIndexes(runner, ['created_at', 'id']);
    await dropIndexes(runner, []);
  }

  async down(runner: QueryRunner): Promise<void> {
    await addIndexes(runner, []);
    await dropIndexes(runner, ['created_at', 'id']);
  }
}

function addIndexes(runner: QueryRunner, order: readonly string[]): Promise<void> {
  return addColumns(runner, 'crm_contact', {
    columns: [],
    indexes: FIELDS.map((field) => ['tenant_id', field, ...order]),
  });
}

async function dropIndexes(runner: QueryRunner, order: readonly string[]): Promise<void> {
  const place = runner.connection.options.type === 'mariadb' ? ' ON crm_contact' : '';
  for (const field of FIELDS) {
    const name = ['ix_crm_contact_tenant_id', field, ...order].join('_');
    await runner.query(`DROP INDEX IF EXISTS ${name}${place}`);
  }
}
