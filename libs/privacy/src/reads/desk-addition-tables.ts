import { addColumns, code, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Longest note of a function about its ground. */
export const BASIS_NOTE = 200;

const READ = ['basis', 'basis_note'];

/** What uses without consent rest on. */
export class DeskAdditions1790000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'privacy_read_entry', {
      columns: [code('basis', 16, true), text('basis_note', BASIS_NOTE, true)],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of READ) await runner.query(`ALTER TABLE privacy_read_entry DROP COLUMN ${column}`);
  }
}
