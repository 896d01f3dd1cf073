import { bytes, code, createTable, id, int, serial, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EventTables1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const maria = runner.connection.options.type === 'mariadb';
    await createTable(runner, {
      name: 'event_journal',
      columns: [
        serial('id'),
        int('position', true),
        id('tenant_id'),
        code('kind', 80),
        code('actor', 80),
        id('subject_id', true),
        code('purpose', 40),
        code('resource', 80),
        code('fields', 200),
        text('detail', 300, true),
        bytes('commitment', 64, true),
        code('correlation', 64),
        int('at'),
      ],
      primary: ['id'],
      ...(maria ? { unique: [['position']] } : {}),
    });
    await createTable(runner, {
      name: 'event_cursor',
      columns: [code('consumer'), int('position')],
      primary: ['consumer'],
    });
    // The sequencer locks its row, so the row must be there before two processes ask for it.
    await runner.query("INSERT INTO event_cursor (consumer, position) VALUES ('sequencer', 0)");
    await createTable(runner, {
      name: 'event_invalidation',
      columns: [serial('id'), id('tenant_id'), code('kind', 40), code('ref', 64), int('at')],
      primary: ['id'],
      indexes: [['at']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['event_invalidation', 'event_cursor', 'event_journal']) await runner.dropTable(table);
  }
}
