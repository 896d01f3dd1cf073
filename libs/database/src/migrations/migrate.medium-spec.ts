import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeColumns, testStores } from '@libs/testing';
import Libsql from 'libsql';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, expect, it } from 'vitest';
import { DataFormat31790000000284 } from './data-format.js';
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

class DataFormat991790000000003 implements MigrationInterface {
  async up(): Promise<void> {}
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

describeColumns('data of a newer program on $column', (column) => {
  it('F-1412 are refused by an older one', async () => {
    const stores = await testStores(column);
    try {
      const url = stores.env.CUSTODIA_DATABASE_URL;
      const target = url ? { url } : { file: join(folder, 'newer.db') };
      await migrate({ target, migrations: [Pairs1790000000001, DataFormat991790000000003] });
      const older = migrate({ target, migrations: [Pairs1790000000001, Later1790000000002] });
      await expect(older).rejects.toMatchObject({ code: 'platform.data-too-new' });
    } finally {
      await stores.drop();
    }
  });
});

it('data of the format that a program knows are taken, by the next start as well', async () => {
  const target = { file: join(folder, 'known.db') };
  const migrations = [Pairs1790000000001, DataFormat31790000000284];
  expect(await migrate({ target, migrations })).toHaveLength(2);
  expect(await migrate({ target, migrations })).toEqual([]);
});
