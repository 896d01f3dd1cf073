import { code, createTable, id, int, type TableDefinition, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES: readonly TableDefinition[] = [
  {
    name: 'auth_team',
    columns: [
      id('tenant_id'),
      id('id'),
      text('name', 200),
      code('name_hash', 64, true),
      int('version'),
      int('created_at'),
      int('archived_at', true),
    ],
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'name_hash']],
    references: [[['tenant_id'], 'tenant_tenant', ['id']]],
  },
  {
    name: 'auth_team_member',
    columns: [id('tenant_id'), id('team_id'), id('member_id')],
    primary: ['tenant_id', 'team_id', 'member_id'],
    references: [
      [['tenant_id', 'team_id'], 'auth_team', ['tenant_id', 'id']],
      [['tenant_id', 'member_id'], 'auth_member', ['tenant_id', 'id']],
    ],
    indexes: [['tenant_id', 'member_id']],
  },
];

/** Teams and who belongs to them. */
export class TeamTables1790000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}
