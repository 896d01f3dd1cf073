import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomTokenBytes } from '@libs/kernel';
import { type Column, freshMariaDatabase } from '@libs/testing';
import { startVaultCounterpart } from '../kms/testing/vault-counterpart.js';
import type { KeyColumn } from './key-column.js';

/** A fresh column for one test and its end. */
export interface FreshColumn {
  readonly column: KeyColumn;
  dispose(): Promise<void>;
}

/** Root key file beside SQLite, Vault transit beside MariaDB. */
export function freshColumn(column: Column): Promise<FreshColumn> {
  return column === 'sqlite' ? embedded() : production();
}

async function embedded(): Promise<FreshColumn> {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-keys-'));
  return {
    column: { kind: 'embedded', folder },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function production(): Promise<FreshColumn> {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-keys-'));
  const database = await freshMariaDatabase('keystore');
  const vaultToken = randomTokenBytes(12).toString('hex');
  const vault = await startVaultCounterpart({ file: join(folder, 'vault.json'), token: vaultToken });
  return {
    column: { kind: 'production', folder, storeUrl: database.url, vaultUrl: vault.url, vaultToken },
    dispose: async () => {
      await vault.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
