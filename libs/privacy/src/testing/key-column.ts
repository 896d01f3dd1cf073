import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@libs/kernel';
import { systemClock } from '@libs/kernel';
import type { AllSubjectRows, SubjectFence } from '../destruction/destruction.ports.js';
import { FileDestructionLedger } from '../destruction/file-destruction-ledger.js';
import { makePrivateFolder } from '../durable/durable-file.js';
import type { KeyStore } from '../key-store/key-store.port.js';
import { MariadbKeyStore } from '../key-store/mariadb-key-store.js';
import { SqliteKeyStore } from '../key-store/sqlite-key-store.js';
import type { KmsPort } from '../kms/kms.port.js';
import { RootKeyFileKms } from '../kms/root-key-file.kms.js';
import { VaultTransitKms } from '../kms/vault-transit.kms.js';

/** Where the keys of one test lie; plain data, so that a child process can open the same. */
export type KeyColumn =
  | { readonly kind: 'embedded'; readonly folder: string }
  | {
      readonly kind: 'production';
      readonly folder: string;
      readonly storeUrl: string;
      readonly vaultUrl: string;
      readonly vaultToken: string;
    };

/** Ports of a column, as a composition root would bind them. */
export interface OpenColumn {
  readonly kms: KmsPort;
  readonly store: KeyStore;
  readonly ledger: FileDestructionLedger;
  readonly fence: SubjectFence;
  readonly rows: AllSubjectRows;
  readonly copies: string;
  readonly clock: Clock;
}

/** Opens the ports of a column. Fence and rows are files, because the main database is not part of these tests. */
export async function openColumn(column: KeyColumn, clock: Clock = systemClock): Promise<OpenColumn> {
  const at = (name: string) => join(column.folder, name);
  makePrivateFolder(at('main'));
  const store =
    column.kind === 'embedded' ? new SqliteKeyStore(at('keystore.db')) : new MariadbKeyStore(column.storeUrl);
  const kms =
    column.kind === 'embedded'
      ? new RootKeyFileKms(at('root.key'))
      : new VaultTransitKms({ url: column.vaultUrl, token: column.vaultToken });
  await store.open();
  return {
    kms,
    store,
    clock,
    ledger: new FileDestructionLedger(at('ledger/destructions.jsonl')),
    fence: { close: async (_tenant, subjectId) => writeFileSync(at(`main/${subjectId}.fenced`), '') },
    rows: {
      erase: async (_tenant, subjectId) => {
        rmSync(at(`main/${subjectId}.row`), { force: true });
        return true;
      },
    },
    copies: at('copies'),
  };
}

/** Writes what stands for the row of a person in the main database. */
export function writeRow(column: KeyColumn, subjectId: string): void {
  writeFileSync(join(column.folder, 'main', `${subjectId}.row`), subjectId);
}

/** Whether the person's row is there, and whether the fence is closed. */
export function mainDatabase(
  column: KeyColumn,
  subjectId: string,
): { readonly row: boolean; readonly fenced: boolean } {
  const at = (name: string) => existsSync(join(column.folder, 'main', name));
  return { row: at(`${subjectId}.row`), fenced: at(`${subjectId}.fenced`) };
}
