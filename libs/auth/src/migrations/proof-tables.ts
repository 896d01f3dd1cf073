import { addColumns, int } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Null for who was there before: nobody has shown that the address is theirs, and no second step has failed. */
const COLUMNS = ['email_verified_at', 'second_failures', 'second_locked_until'] as const;

/** Whether a login's address was shown to be its owner's, and how often its second step failed. */
export class ProofTables1790000000240 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'auth_login', { columns: COLUMNS.map((name) => int(name, true)) });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await runner.dropColumn('auth_login', column);
  }
}
