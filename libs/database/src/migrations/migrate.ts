import { existsSync } from 'node:fs';
import { OperationalError } from '@libs/kernel';
import Libsql from 'libsql';
import type { DataSource, DataSourceOptions, MigrationInterface } from 'typeorm';
import { assertFormatOf } from './data-format.js';

/** A migration class, named `<Words><unix ms>` as TypeORM wants it. */
export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  /** SQLite file, or `mysql://` url. */
  readonly target: { readonly file: string } | { readonly url: string };
  readonly migrations: readonly MigrationClass[];
}

/** Brings the schema up to date under one lock and answers the names of what ran. Refuses data of a newer program. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { target, migrations } = options;
  if ('file' in target && !existsSync(target.file)) newFile(target.file);
  const done = 'file' in target ? doneInFile(target.file) : await doneOnServer(target.url);
  assertFormatOf(done.names);
  if (isUpToDate(done, migrations)) return [];
  const { DataSource } = await import('typeorm');
  const source = new DataSource(await sourceOptions(options));
  await source.initialize();
  try {
    if ('url' in target) {
      await takeLock(source);
      // A newer program may have had the lock until now.
      assertFormatOf((await doneOnServer(target.url)).names);
    }
    const ran = await source.runMigrations({ transaction: 'each' });
    await assertNoOrphans(source);
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}

/**
 * True where every migration is noted as done and, on SQLite, every reference was looked at since: most starts have nothing
 * to migrate, and TypeORM is a tenth of what a start loads. A migration is noted when it has ended, so no lock is needed.
 */
function isUpToDate({ names, checked }: Done, migrations: readonly MigrationClass[]): boolean {
  return checked && migrations.every(({ name }) => names.has(name));
}

interface Done {
  readonly names: ReadonlySet<string>;
  readonly checked: boolean;
}

const DONE = 'SELECT name FROM database_migration';
const NOTHING: Done = { names: new Set(), checked: false };

function doneInFile(file: string): Done {
  const connection = new Libsql(file);
  try {
    const known = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'database_migration'").get();
    if (known === undefined) return NOTHING;
    const rows = connection.prepare(DONE).all() as { name: string }[];
    const { user_version: checked } = connection.prepare('PRAGMA user_version').get() as { user_version: number };
    return { names: new Set(rows.map(({ name }) => name)), checked: checked === rows.length };
  } finally {
    connection.close();
  }
}

async function doneOnServer(url: string): Promise<Done> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ uri: url });
  try {
    const [rows] = (await connection.query(DONE)) as unknown as [{ name: string }[]];
    return { names: new Set(rows.map(({ name }) => name)), checked: true };
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_NO_SUCH_TABLE') return NOTHING;
    throw error;
  } finally {
    await connection.end();
  }
}

/**
 * Pages of 2 KiB: a message makes one page of its index dirty, and the log writes whole pages (docs/performance.md). The
 * size can be chosen only while the file is empty.
 */
function newFile(file: string): void {
  const connection = new Libsql(file);
  connection.pragma('page_size = 2048');
  connection.pragma('journal_mode = WAL');
  connection.close();
}

async function sourceOptions({ target, migrations }: MigrateOptions): Promise<DataSourceOptions> {
  const shared = {
    entities: [],
    migrations: [...migrations],
    migrationsTableName: 'database_migration',
    logging: false,
  };
  if ('file' in target) {
    return {
      ...shared,
      type: 'better-sqlite3',
      driver: Libsql,
      database: target.file,
      enableWAL: true,
    } as DataSourceOptions;
  }
  return {
    ...shared,
    type: 'mariadb',
    driver: await import('mysql2'),
    url: target.url,
    timezone: 'Z',
    extra: { connectionLimit: 1 },
  } as DataSourceOptions;
}

/** One connection, so the lock lives as long as the source. */
async function takeLock(source: DataSource): Promise<void> {
  const [row] = (await source.query("SELECT GET_LOCK('custodia_migration', 60) AS got")) as { got: number }[];
  if (Number(row?.got) !== 1) {
    throw new OperationalError('database.migration-locked', 'Another process is migrating for more than 60 s');
  }
}

/**
 * Looks at every reference of every row, so only after migrations: what was looked at is noted in the file itself, as
 * the number of migrations. At a million messages the look takes a second, and starts would feel it for ever.
 */
async function assertNoOrphans(source: DataSource): Promise<void> {
  if (source.options.type === 'mariadb') return;
  const [{ many }] = (await source.query('SELECT COUNT(*) AS many FROM database_migration')) as [{ many: number }];
  const [{ user_version: checked }] = (await source.query('PRAGMA user_version')) as [{ user_version: number }];
  if (checked === many) return;
  const orphans = (await source.query('PRAGMA foreign_key_check')) as unknown[];
  if (orphans.length > 0) {
    throw new OperationalError('database.orphans', `${orphans.length} rows point to rows that do not exist`);
  }
  await source.query(`PRAGMA user_version = ${many}`);
}
