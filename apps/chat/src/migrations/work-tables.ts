import { addColumns, id } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a hand-over is about: the author of the change arranged it. */
export class HandOvers1790000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'chat_change', { columns: [id('member_id', true)] });
  }

  async down(): Promise<void> {
    // The column may stay: nothing else reads it.
  }
}

/** What agents work with in conversations, in order. */
export const workMigrations = [HandOvers1790000000160] as const;
