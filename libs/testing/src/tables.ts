import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadConfig } from '@libs/config';
import { type MigrationClass, migrate } from '@libs/database';
import { libraryMigrations } from '@libs/platform';
import Libsql from 'libsql';
import { format } from 'mysql2';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** Makes again, in an empty database, what migrations have made in another. */
type Copy = (target: string) => Promise<void>;

const copies = new Map<string, Promise<Copy>>();
const places = new Map<MigrationClass, number>();

/** Tells migrations apart by what they are: in two specs they may have the same name. */
function placeOf(migration: MigrationClass): number {
  const place = places.get(migration) ?? places.size;
  places.set(migration, place);
  return place;
}

/**
 * Gives fresh stores the tables of the libraries and of `migrations`, so that a platform finds nothing to migrate. The
 * first time in a process they are made by migrating; from then on they are copied, which costs a third of it.
 */
export async function giveTables(
  env: Readonly<Record<string, string>>,
  migrations: readonly MigrationClass[],
): Promise<void> {
  const { database } = loadConfig(env);
  const all = [...libraryMigrations, ...migrations];
  const target = database.kind === 'sqlite' ? database.file : database.url.reveal();
  const key = [database.kind, ...all.map(placeOf)].join();
  const known = copies.get(key);
  if (known) return (await known)(target);
  const first = (database.kind === 'sqlite' ? migrateFile : migrateServer)(target, all);
  copies.set(key, first);
  await first.catch((error) => {
    copies.delete(key);
    throw error;
  });
}

async function migrateFile(file: string, migrations: readonly MigrationClass[]): Promise<Copy> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  await migrate({ target: { file }, migrations });
  const connection = new Libsql(file);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
  const bytes = readFileSync(file);
  return async (target) => {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    writeFileSync(target, bytes);
  };
}

async function migrateServer(url: string, migrations: readonly MigrationClass[]): Promise<Copy> {
  await migrate({ target: { url }, migrations });
  const statements = await statementsOf(url);
  return async (target) => {
    const connection = await createConnection({ uri: target, multipleStatements: true });
    try {
      await connection.query(statements);
    } finally {
      await connection.end();
    }
  };
}

/** Every table with its indexes, references and rows; a table may name one that comes after it. */
async function statementsOf(url: string): Promise<string> {
  const connection = await createConnection({ uri: url, rowsAsArray: true });
  const rowsOf = async (sql: string): Promise<string[][]> =>
    (await connection.query<RowDataPacket[]>(sql))[0] as unknown as string[][];
  try {
    const statements = ['SET FOREIGN_KEY_CHECKS = 0'];
    for (const [table] of await rowsOf('SHOW TABLES')) {
      statements.push((await rowsOf(`SHOW CREATE TABLE ${table}`))[0]![1]!);
      const rows = await rowsOf(`SELECT * FROM ${table}`);
      if (rows.length > 0) statements.push(format('INSERT INTO ?? VALUES ?', [table, rows]));
    }
    return statements.join(';\n');
  } finally {
    await connection.end();
  }
}
