import type { Config } from '@libs/config';
import {
  type KeyStore,
  type KmsPort,
  MariadbKeyStore,
  RootKeyFileKms,
  SqliteKeyStore,
  VaultTransitKms,
} from '@libs/privacy';

/** Who holds the tenants' KEKs. */
export function makeKms({ kms }: Config): KmsPort {
  if (kms.kind === 'file') return new RootKeyFileKms(kms.file);
  return new VaultTransitKms({ url: kms.url, token: kms.token.reveal() });
}

/** Where the wrapped keys lie; still to be opened. */
export function makeKeyStore({ keystore }: Config): KeyStore {
  return keystore.kind === 'sqlite' ? new SqliteKeyStore(keystore.file) : new MariadbKeyStore(keystore.url.reveal());
}
