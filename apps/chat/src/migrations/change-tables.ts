import { addColumns, id, LAST_CHANGE_COLUMNS } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['chat_business_hours', 'chat_routing_inbox', 'chat_routing_tenant'] as const;
const CANNED = 'chat_canned_response';

/** Who changed a setting of the workspace last, and when; canned responses keep the time already. */
export class SettingChanges1790000000282 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await addColumns(runner, table, { columns: LAST_CHANGE_COLUMNS });
    await addColumns(runner, CANNED, { columns: [id('changed_by', true)] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(CANNED, 'changed_by');
    for (const table of TABLES) for (const { name } of LAST_CHANGE_COLUMNS) await runner.dropColumn(table, name);
  }
}
