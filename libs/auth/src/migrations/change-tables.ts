import { addColumns, LAST_CHANGE_COLUMNS } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['auth_team', 'auth_member'] as const;

/** Who changed a team or a member last, and when. */
export class MemberChanges1790000000281 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await addColumns(runner, table, { columns: LAST_CHANGE_COLUMNS });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) for (const { name } of LAST_CHANGE_COLUMNS) await runner.dropColumn(table, name);
  }
}
