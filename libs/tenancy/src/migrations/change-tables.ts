import { addColumns, LAST_CHANGE_COLUMNS } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who renamed a workspace last, and when. */
export class TenantChanges1790000000280 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'tenant_tenant', { columns: LAST_CHANGE_COLUMNS });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of LAST_CHANGE_COLUMNS) await runner.dropColumn('tenant_tenant', name);
  }
}
