import { code, createTable, id, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which erasers have run for whom. Without a reference: the ledger may name somebody whom a backup does not know. */
export class ErasureTables1790000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_erasure_run',
      columns: [id('tenant_id'), id('subject_id'), code('eraser', 40), int('at')],
      primary: ['tenant_id', 'subject_id', 'eraser'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('privacy_erasure_run');
  }
}
