import { addColumns } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['tenant_id', 'assignee_id', 'state', 'last_at'] as const;
const OPEN = 'ix_chat_conversation_unresolved';

/**
 * What a member has to do is little; what is done grows for ever, and without an index of its own the list of one's own
 * conversations walks through all of it. SQLite keeps no statistics, so it takes an index only for its order: there the
 * done ones are left out of it. MariaDB has no such indexes, but chooses by what it counts.
 */
export class ListIndexes1790000000231 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'mariadb') {
      await addColumns(runner, 'chat_conversation', { columns: [], indexes: [COLUMNS] });
      return;
    }
    await runner.query(
      `CREATE INDEX IF NOT EXISTS ${OPEN} ON chat_conversation (tenant_id, assignee_id, last_at, id) ` +
        "WHERE state <> 'resolved'",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const maria = runner.connection.options.type === 'mariadb';
    const name = maria ? `ix_chat_conversation_${COLUMNS.join('_')} ON chat_conversation` : OPEN;
    await runner.query(`DROP INDEX IF EXISTS ${name}`);
  }
}
