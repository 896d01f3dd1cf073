/** The MariaDB server of the second column: named by TEST_MARIADB_URL, else the one that the tests start. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

const SERVERS = join(import.meta.dirname, '../test/servers/index.mjs');

/** `{ url, stop }` of a server, or `{ reason }` why there is none. */
async function findServer() {
  const url = process.env.TEST_MARIADB_URL;
  if (url) return { url, stop: async () => {} };
  if (!existsSync(SERVERS)) return { reason: 'TEST_MARIADB_URL is not set and nothing here can start a server' };
  try {
    const { startMariadb } = await import(SERVERS);
    return await startMariadb({ log: (line) => process.stderr.write(`mariadb: ${line}\n`) });
  } catch (error) {
    return { reason: error.message };
  }
}

/**
 * Opens the column: `createDatabase()` answers the URL of a new, empty database each time; `close()` drops them all.
 * Without a server the answer is `{ reason }`.
 */
export async function openMariadb() {
  const server = await findServer();
  if (server.reason) return { reason: server.reason };
  const connection = await createConnection({ uri: server.url });
  const names = [];
  return {
    createDatabase: async () => {
      const name = `custodia_bench_${randomBytes(6).toString('hex')}`;
      for (const one of [name, `${name}_keys`]) {
        await connection.query(`create database ${one} character set utf8mb4`);
        names.push(one);
      }
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    close: async () => {
      for (const name of names) await connection.query(`drop database if exists ${name}`);
      await connection.end();
      await server.stop();
    },
  };
}
