import { randomToken } from '@libs/kernel';
import { createConnection } from 'mysql2/promise';

/** The two worlds every suite runs in. */
export type Column = 'sqlite' | 'mariadb';

/** Columns that can run here; the second one needs the servers that `npm test` starts. */
export const columns: readonly { readonly column: Column; readonly available: boolean }[] = [
  { column: 'sqlite', available: true },
  { column: 'mariadb', available: process.env.TEST_MARIADB_URL !== undefined },
];

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
