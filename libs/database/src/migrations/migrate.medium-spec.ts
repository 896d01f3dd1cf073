import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, expect, it } from 'vitest';
import { createTable, id } from './dsl.js';
import { migrate } from './migrate.js';

class Pairs1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, { name: 'one', columns: [id('id')], primary: ['id'] });
    await createTable(runner, {
      name: 'two',
      columns: [id('id')],
      primary: ['id'],
      references: [[['id'], 'one', ['id']]],
    });
  }
  async down(): Promise<void> {}
}

class Later1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, { name: 'three', columns: [id('id')], primary: ['id'] });
  }
  async down(): Promise<void> {}
}

const folder = mkdtempSync(join(tmpdir(), 'custodia-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('after migrations every reference is looked at, until it is whole; a start without any looks at none', async () => {
  const file = join(folder, 'custodia.db');
  await migrate({ target: { file }, migrations: [Pairs1790000000001] });
  const connection = new Libsql(file);
  connection.pragma('foreign_keys = OFF');
  connection.exec("INSERT INTO two VALUES ('nobody')");
  expect(await migrate({ target: { file }, migrations: [Pairs1790000000001] })).toEqual([]);
  const later = () => migrate({ target: { file }, migrations: [Pairs1790000000001, Later1790000000002] });
  await expect(later()).rejects.toMatchObject({ code: 'database.orphans' });
  await expect(later()).rejects.toMatchObject({ code: 'database.orphans' });
  connection.exec('DELETE FROM two');
  connection.close();
  expect(await later()).toEqual([]);
});
