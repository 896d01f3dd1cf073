import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@libs/config';
import { clearMaria, loadMaria, readRowLines } from '@libs/database';
import { type Clock, UserError } from '@libs/kernel';
import {
  type DestructionLedger,
  type KeyStore,
  SqliteKeyStore,
  unopenedTenants,
  type WrappedKeys,
  type WrappedRow,
} from '@libs/privacy';
import { makeKeyStore, makeKms } from '../key-parts.js';
import { everDestroyed } from './ledger-mark.js';
import type { KeysManifest } from './manifest.js';
import { placeFile, SQLITE_FILES } from './restore-home.js';
import { KEYS, sqliteCopy, tableFiles } from './table-copies.js';

const PAGE = 400;
const SAMPLE = 100;
const WRAPPED_TABLES = [
  ['keystore_subject_key', 'subject'],
  ['keystore_tenant_key', 'tenant'],
] as const;

/**
 * Refuses keys that nothing opens any more, before anything is touched: those of a tenant whose KEK was rotated and
 * destroyed since the copy was made.
 */
export async function assertKeysOpen(
  config: Config,
  from: string | undefined,
  keys: KeysManifest | undefined,
): Promise<void> {
  const { keystore } = config;
  if (from && keys) {
    if (keystore.kind === 'sqlite') await inCopiedFile(config, sqliteCopy(from, KEYS, keys.files));
    else await assertOpens(config, await copiedRows(join(from, KEYS), tableFiles(KEYS, keys.files)));
    return;
  }
  if (keystore.kind === 'sqlite' && !existsSync(keystore.file)) {
    throw new UserError(
      'platform.restore-keys-missing',
      'There is no key store here, and without keys nothing in the backup opens. Name a copy with --keys-from.',
    );
  }
  await withStore(makeKeyStore(config), (store) => assertOpens(config, store));
}

/** Puts the copied key store in its place; without one the present store stays. */
export async function placeKeys(
  config: Config,
  from: string | undefined,
  keys: KeysManifest | undefined,
): Promise<void> {
  if (!from || !keys) return;
  const { keystore } = config;
  if (keystore.kind === 'sqlite') {
    placeFile(sqliteCopy(from, KEYS, keys.files), keystore.file);
    return;
  }
  const url = keystore.url.reveal();
  await clearMaria(url, '');
  await loadMaria(join(from, KEYS), tableFiles(KEYS, keys.files), url, () => {});
}

/** Destroys the keys of everybody in the ledger whom the copy has brought back; answers how many. */
export function destroyAgain(
  { config, clock }: { readonly config: Config; readonly clock: Clock },
  ledger: DestructionLedger,
): Promise<number> {
  return withStore(makeKeyStore(config), async (store) => {
    let count = 0;
    for (const [tenantId, ids] of await everDestroyed(ledger)) {
      const all = [...ids];
      for (let at = 0; at < all.length; at += PAGE) {
        const { subjects } = await store.readSubjects(tenantId, all.slice(at, at + PAGE), []);
        for (const { subjectId } of subjects.filter(({ state }) => state === 'live')) {
          await store.destroySubject(tenantId, subjectId, clock.now());
          count += 1;
        }
      }
    }
    return count;
  });
}

/** Opening a store may write to it, so another copy is looked at than the one that is put in place. */
async function inCopiedFile(config: Config, copy: string): Promise<void> {
  const looked = `${config.folders.keys}/keystore.looked-at`;
  placeFile(copy, looked);
  try {
    await withStore(new SqliteKeyStore(looked), (store) => assertOpens(config, store));
  } finally {
    for (const tail of SQLITE_FILES) rmSync(`${looked}${tail}`, { force: true });
  }
}

/** Some live keys of each tenant, read from the files of a copy. */
async function copiedRows(folder: string, files: readonly string[]): Promise<WrappedKeys> {
  const byTenant = new Map<string, WrappedRow[]>();
  for (const [table, kind] of WRAPPED_TABLES) {
    if (!files.includes(`${table}.jsonl`)) continue;
    for await (const row of readRowLines(join(folder, `${table}.jsonl`))) {
      const tenantId = String(row.tenant_id);
      const rows = byTenant.get(tenantId) ?? [];
      if (row.state !== 'live' || rows.length === SAMPLE) continue;
      const id = String(kind === 'subject' ? row.subject_id : row.name);
      rows.push({ kind, id, kekVersion: Number(row.kek_version), wrapped: row.wrapped as Buffer });
      byTenant.set(tenantId, rows);
    }
  }
  return {
    tenants: async () => [...byTenant.keys()],
    staleRows: async (tenantId) => byTenant.get(tenantId) ?? [],
  };
}

async function assertOpens(config: Config, store: WrappedKeys): Promise<void> {
  const unopened = await unopenedTenants(makeKms(config), store);
  if (unopened.length === 0) return;
  throw new UserError(
    'platform.restore-keys-dead',
    `The keys of ${unopened.length} tenants cannot be opened: their key-encryption key is not here, or was rotated and ` +
      'destroyed since the copy was made. Bring keys/root.key (or the KMS), or a newer copy of the keys.',
  );
}

async function withStore<T>(store: KeyStore, work: (store: KeyStore) => Promise<T>): Promise<T> {
  await store.open();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
