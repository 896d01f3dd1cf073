import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Column } from '@libs/testing';
import { createConnection } from 'mysql2/promise';
import { type MariadbInstance, startMariadb } from '../servers/index.mjs';
import type { StoredIn } from './stored-messages.js';

/** Stores that a test may kill: a folder, and in the second column a MariaDB of its own. */
export interface CrashStores {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stored: StoredIn;
  readonly mariadb: MariadbInstance | undefined;
  drop(): Promise<void>;
}

/** Makes them; MariaDB has a schema for the data and one for the keys, and its files in `datadir` if that is given. */
export async function openCrashStores(column: Column, datadir?: string): Promise<CrashStores> {
  const home = mkdtempSync(join(tmpdir(), 'custodia-crash-'));
  const removeHome = (): void => rmSync(home, { recursive: true, force: true });
  const env = { CUSTODIA_HOME: home, CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '2' };
  if (column === 'sqlite') {
    const stored = { file: join(home, 'data', 'custodia.db') };
    return { home, env, stored, mariadb: undefined, drop: async () => removeHome() };
  }
  const mariadb = await startMariadb(datadir === undefined ? {} : { datadir });
  const connection = await createConnection(mariadb.url);
  await connection.query('CREATE DATABASE main CHARACTER SET utf8mb4');
  await connection.query('CREATE DATABASE keystore CHARACTER SET utf8mb4');
  await connection.end();
  const urls = { CUSTODIA_DATABASE_URL: `${mariadb.url}main`, CUSTODIA_KEYSTORE_URL: `${mariadb.url}keystore` };
  const drop = async (): Promise<void> => {
    await mariadb.stop();
    removeHome();
  };
  return { home, env: { ...env, ...urls }, stored: { url: urls.CUSTODIA_DATABASE_URL }, mariadb, drop };
}
