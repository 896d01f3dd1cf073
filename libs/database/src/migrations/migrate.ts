import { existsSync } from 'node:fs';
import { OperationalError } from '@libs/kernel';
import Libsql from 'libsql';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';

/** A migration class, named `<Words><unix ms>` as TypeORM wants it. */
export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  /** SQLite file, or `mysql://` url. */
  readonly target: { readonly file: string } | { readonly url: string };
  readonly migrations: readonly MigrationClass[];
}

/** Format of the data folder; a program that knows less refuses to open it. */
export const DATA_FORMAT = 1;

/** Brings the schema up to date under one lock and answers the names of what ran. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  if ('file' in options.target && !existsSync(options.target.file)) newFile(options.target.file);
  const source = new DataSource(sourceOptions(options));
  await source.initialize();
  try {
    if ('url' in options.target) await takeLock(source);
    const done = await source.runMigrations({ transaction: 'each' });
    await assertNoOrphans(source);
    return done.map((migration) => migration.name);
  } finally {
    await source.destroy();
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

function sourceOptions({ target, migrations }: MigrateOptions): DataSourceOptions {
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
