import type { Log } from '@libs/logging';
import { type FieldCipher, KeyedFieldCipher, type KeyService } from '@libs/privacy';
import { type ChaCha20Poly1305, chacha20Poly1305 } from '@libs/privacy-core';

/** The cipher of people's values. Says so where this machine has only the slower library for it (decision 0016). */
export function openFieldCipher(
  keys: KeyService,
  log: Pick<Log, 'warn'>,
  { by }: Pick<ChaCha20Poly1305, 'by'> = chacha20Poly1305(),
): FieldCipher {
  if (by === 'openssl') log.warn('platform.libsodium-missing');
  return new KeyedFieldCipher(keys);
}
