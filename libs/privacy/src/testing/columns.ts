import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomTokenBytes } from '@libs/kernel';
import { createConnection } from 'mysql2/promise';
import { startVaultCounterpart } from '../kms/testing/vault-counterpart.js';
import type { KeyColumn } from './key-column.js';

/** A fresh column for one test and its end. */
export interface FreshColumn {
  readonly column: KeyColumn;
  dispose(): Promise<void>;
}

/** The columns that the surroundings allow: MariaDB needs `TEST_MARIADB_URL`. */
export const COLUMNS = [
  { name: 'SQLite and root key file', available: true, make: embedded },
  { name: 'MariaDB and Vault transit', available: process.env.TEST_MARIADB_URL !== undefined, make: production },
] as const;

async function embedded(): Promise<FreshColumn> {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-keys-'));
  return {
    column: { kind: 'embedded', folder },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function production(): Promise<FreshColumn> {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-keys-'));
  const database = `keystore_${randomTokenBytes(6).toString('hex')}`;
  const server = new URL(process.env.TEST_MARIADB_URL!);
  await statement(server.href, `CREATE DATABASE ${database}`);
  server.pathname = `/${database}`;
  const vaultToken = randomTokenBytes(12).toString('hex');
  const vault = await startVaultCounterpart({ file: join(folder, 'vault.json'), token: vaultToken });
  return {
    column: { kind: 'production', folder, storeUrl: server.href, vaultUrl: vault.url, vaultToken },
    dispose: async () => {
      await vault.close();
      await statement(process.env.TEST_MARIADB_URL!, `DROP DATABASE ${database}`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function statement(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
