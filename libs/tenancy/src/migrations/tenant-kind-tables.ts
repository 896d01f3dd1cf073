import { addColumns, code } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kind of organisation (F-0101). Who was there before never said one, so they get the kind that claims nothing. */
export class TenantKind1790000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'tenant_tenant', { columns: [{ ...code('kind', 24), initial: 'other-organisation' }] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('tenant_tenant', 'kind');
  }
}
