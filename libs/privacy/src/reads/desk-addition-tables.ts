import { addColumns, code, int, longtext, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Longest note of a function about its ground. */
export const BASIS_NOTE = 200;

const ADDED = [
  ['privacy_read_entry', 'basis'],
  ['privacy_read_entry', 'basis_note'],
  ['privacy_approval', 'base_version'],
  ['privacy_approval', 'proposal'],
] as const;

/** What uses without consent rest on, and the register that somebody proposes to a second person. */
export class DeskAdditions1790000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'privacy_read_entry', {
      columns: [code('basis', 16, true), text('basis_note', BASIS_NOTE, true)],
    });
    await addColumns(runner, 'privacy_approval', { columns: [int('base_version', true), longtext('proposal', true)] });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of ADDED) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
