import { addColumns, code, createTable, id, int, type TableDefinition } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES: readonly TableDefinition[] = [
  {
    name: 'chat_routing_member',
    columns: [
      id('tenant_id'),
      id('member_id'),
      code('availability', 16),
      int('capacity', true),
      int('seen_at'),
      int('lost_at', true),
      int('given_at'),
    ],
    primary: ['tenant_id', 'member_id'],
    references: [[['tenant_id'], 'tenant_tenant', ['id']]],
    indexes: [['availability', 'seen_at']],
  },
  {
    name: 'chat_routing_inbox',
    columns: [
      id('tenant_id'),
      id('inbox_id'),
      int('version'),
      code('mode', 16),
      id('team_id', true),
      id('overflow_team_id', true),
      int('overflow_after_seconds'),
      int('show_place'),
      id('hours_id', true),
      code('outside_hours', 16),
    ],
    primary: ['tenant_id', 'inbox_id'],
    references: [[['tenant_id', 'inbox_id'], 'chat_inbox', ['tenant_id', 'id']]],
  },
  {
    name: 'chat_routing_tenant',
    columns: [id('tenant_id'), int('version'), int('default_capacity'), int('return_after_seconds')],
    primary: ['tenant_id'],
    references: [[['tenant_id'], 'tenant_tenant', ['id']]],
  },
];

/** Who is there, who may have how much, and how inboxes give (decision 0010). */
export class RoutingTables1790000000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}

/** Since when a conversation waits, and for which team; the indexes count a member's load and read a queue in order. */
export class Queues1790000000211 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_conversation', {
      columns: [int('queued_at', true), id('team_id', true)],
      indexes: [
        ['tenant_id', 'assignee_id', 'state'],
        ['tenant_id', 'inbox_id', 'queued_at'],
      ],
    });
    await runner.query("UPDATE chat_conversation SET queued_at = created_at WHERE state = 'queued'");
  }

  async down(): Promise<void> {
    // The columns may stay: nothing else reads them.
  }
}
