import { UnexpectedError } from '@libs/kernel';
import { wipe } from '@libs/privacy-core';
import type { KeyStore } from '../key-store/key-store.port.js';
import type { KmsPort } from '../kms/kms.port.js';
import { wrappedRowAad } from './aad.js';

const SAMPLE = 100;
/** No KEK has this version, so that every live row is "another one". */
const NO_VERSION = 0;

/** A key store, or a copy of one that is not loaded. */
export type WrappedKeys = Pick<KeyStore, 'tenants' | 'staleRows'>;

/**
 * Tenants whose wrapped keys this KMS cannot open: what a copy of the key store is worth after its KEK was destroyed.
 * Opens up to a hundred keys of each tenant and keeps none.
 */
export async function unopenedTenants(kms: KmsPort, store: WrappedKeys): Promise<readonly string[]> {
  const unopened: string[] = [];
  for (const tenantId of await store.tenants()) {
    const rows = await store.staleRows(tenantId, NO_VERSION, SAMPLE);
    const wrapped = rows.map((row) => ({
      version: row.kekVersion,
      bytes: row.wrapped,
      aad: wrappedRowAad(tenantId, row),
    }));
    try {
      for (const key of await kms.unwrap(tenantId, wrapped)) wipe(key);
    } catch (error) {
      // A KMS that does not answer says nothing about the keys.
      if (!(error instanceof UnexpectedError)) throw error;
      unopened.push(tenantId);
    }
  }
  return unopened;
}
