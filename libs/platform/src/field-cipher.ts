import type { Log } from '@libs/logging';
import { type FieldCipher, KeyedFieldCipher, type KeyService } from '@libs/privacy';
import { type ChaCha20Poly1305, chacha20Poly1305 } from '@libs/privacy-core';

/** The cipher of people's values. Says so, and why, where this machine has only the slower library (decision 0016). */
export function openFieldCipher(
  keys: KeyService,
  log: Pick<Log, 'warn'>,
  { by, missing }: Pick<ChaCha20Poly1305, 'by' | 'missing'> = chacha20Poly1305(),
): FieldCipher {
  if (by === 'openssl') log.warn('platform.libsodium-missing', { err: missing });
  return new KeyedFieldCipher(keys);
}
