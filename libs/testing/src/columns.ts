import { randomToken } from '@libs/kernel';
import { createConnection } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';

/** The two worlds every suite runs in: SQLite and folders, or MariaDB with MinIO and Redis. */
export type Column = 'sqlite' | 'mariadb';

/** What a group of tests needs and a machine may lack. */
export interface Need {
  readonly name: string;
  readonly isMet: boolean;
  /** A right of whoever runs the tests, which no set-up can bring: skipped also where `CI=true`. */
  readonly isOptional?: true;
}

/** Servers that `npm test` starts. The column runs whole or not at all. */
const SERVERS = ['TEST_MARIADB_URL', 'TEST_REDIS_URL', 'TEST_MINIO_URL'];

/** A group of tests that runs in both columns; `$column` in its title is the column's name. */
export function describeColumns(title: string, run: (column: Column) => void): void {
  for (const column of ['sqlite', 'mariadb'] as const) {
    describeColumn(column, title.replaceAll('$column', column), () => run(column));
  }
}

/** A group of tests of something that exists in one column only; MinIO and Redis belong to the column of MariaDB. */
export function describeColumn(column: Column, title: string, run: () => void): void {
  const lacking = column === 'sqlite' ? [] : SERVERS.filter((name) => !process.env[name]);
  describeWhere({ name: `the servers of the second column: ${lacking}`, isMet: lacking.length === 0 }, title, run);
}

/**
 * The one way to leave tests out: where the need is not met they are skipped and counted one by one, and where `CI=true`
 * the group fails instead, unless what it needs is a right (`isOptional`).
 */
export function describeWhere(need: Need, title: string, run: () => void): void {
  const outcome = outcomeOf(need, process.env.CI === 'true');
  if (outcome === 'skip')
    describe.skip(title, run); // Counted one by one; under CI=true only what needs a right that no set-up can bring.
  else if (outcome === 'run') describe(title, run);
  else describe(title, () => it('can run here', () => expect.fail(`CI=true, and this needs ${need.name}`)));
}

/** What becomes of a group of tests. */
export function outcomeOf({ isMet, isOptional }: Need, isCi: boolean): 'run' | 'skip' | 'fail' {
  if (isMet) return 'run';
  return isCi && !isOptional ? 'fail' : 'skip';
}

/** A fresh database on the test server and what drops it again. */
export async function freshMariaDatabase(prefix = 't'): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const server = process.env.TEST_MARIADB_URL;
  if (server === undefined) throw new Error('TEST_MARIADB_URL is not set');
  const name = `${prefix}_${randomToken(9)
    .replace(/[^A-Za-z0-9]/g, '0')
    .toLowerCase()}`;
  await onServer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name}`) };
}

async function onServer(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
