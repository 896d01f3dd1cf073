import { addColumns, id } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who edited a contact last; the time is kept already. */
export class ContactChanges1790000000283 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'crm_contact', { columns: [id('changed_by', true)] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('crm_contact', 'changed_by');
  }
}
