import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadConfig } from '@libs/config';
import { type MigrationClass, migrate } from '@libs/database';
import { libraryMigrations } from '@libs/platform';
import Libsql from 'libsql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { expect, it } from 'vitest';
import { describeColumns } from './columns.js';
import { giveTables } from './tables.js';
import { testStores } from './test-platform.js';

type Env = Readonly<Record<string, string>>;

describeColumns('tables on $column', (column) => {
  it('are the same whether they were migrated or copied, and leave nothing to migrate', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => testStores(column)));
    const [migrated, first, copied] = stores.map(({ env }) => env) as [Env, Env, Env];
    try {
      await migrate({ target: targetOf(migrated), migrations: libraryMigrations });
      const made = await contentOf(migrated);
      expect(made.length).toBeGreaterThan(20);
      for (const env of [first, copied]) {
        await giveTables(env, []);
        expect(await contentOf(env)).toEqual(made);
      }
      expect(await migrate({ target: targetOf(copied), migrations: libraryMigrations })).toEqual([]);
    } finally {
      await Promise.all(stores.map(({ drop }) => drop()));
    }
  });

  it('are those of their own migrations, though others have the same name', async () => {
    const stores = await Promise.all([1, 2].map(() => testStores(column)));
    try {
      for (const [at, table] of ['toy_first', 'toy_second'].entries()) {
        const { env } = stores[at]!;
        await giveTables(env, [making(table)]);
        const made = JSON.stringify(await contentOf(env));
        expect([made.includes('toy_first'), made.includes('toy_second')]).toEqual([at === 0, at === 1]);
      }
    } finally {
      await Promise.all(stores.map(({ drop }) => drop()));
    }
  });
});

function making(table: string): MigrationClass {
  return class Toys1790000000001 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY)`);
    }

    async down(): Promise<void> {}
  };
}

function targetOf(env: Env): { file: string } | { url: string } {
  const { database } = loadConfig(env);
  if (database.kind !== 'sqlite') return { url: database.url.reveal() };
  mkdirSync(dirname(database.file), { recursive: true });
  return { file: database.file };
}

/** How every table, index and reference is made, and all rows. */
async function contentOf(env: Env): Promise<readonly unknown[]> {
  const target = targetOf(env);
  return 'url' in target ? contentOfServer(target.url) : contentOfFile(target.file);
}

function contentOfFile(file: string): readonly unknown[] {
  const connection = new Libsql(file);
  const all = (sql: string) => connection.prepare(sql).all() as Record<string, string>[];
  try {
    const made = all('SELECT type, name, sql FROM sqlite_master ORDER BY type, name');
    const tables = made.filter(({ type }) => type === 'table').map(({ name }) => all(`SELECT * FROM ${name}`));
    return [...made, ...tables, all('PRAGMA page_size'), all('PRAGMA user_version'), all('PRAGMA journal_mode')];
  } finally {
    connection.close();
  }
}

async function contentOfServer(url: string): Promise<readonly unknown[]> {
  const connection = await createConnection({ uri: url, rowsAsArray: true });
  const all = async (sql: string) => (await connection.query<RowDataPacket[][]>(sql))[0];
  try {
    const made: unknown[] = [];
    for (const [table] of await all('SHOW TABLES')) {
      made.push(await all(`SHOW CREATE TABLE ${table}`), await all(`SELECT * FROM ${table}`));
    }
    return made;
  } finally {
    await connection.end();
  }
}
