import { Buffer } from 'node:buffer';
import { randomTokenBytes } from '@libs/kernel';
import { invalidCiphertext, NONCE_BYTES, SEAL_OVERHEAD } from './aead.js';
import { type ChaCha20Poly1305, chacha20Poly1305 } from './chacha20-poly1305.js';
import { refuseWiped } from './keys.js';
import { placeBytes, Shown } from './shown.js';

const VALUE_VERSION = 0x02;
const BODY_AT = 1 + NONCE_BYTES;
const nonces = new Shown(NONCE_BYTES);

/**
 * Encrypts a value of a person, with ChaCha20-Poly1305 and a fresh nonce: 0x02 | nonce 12 | ciphertext | tag 16. `key` is of
 * the column (`deriveFieldKey`) and used for nothing else; `aad` says where the value lives, see `fieldAad` (P-1002).
 */
export function sealValue(key: Buffer, aad: Buffer | string, plaintext: Buffer | string): Buffer {
  refuseWiped(key);
  return sealValueWithNonce(key, randomTokenBytes(NONCE_BYTES), aad, plaintext);
}

/** The same with a given nonce. Only for test vectors: a nonce used twice under one key gives the text away. */
export function sealValueWithNonce(
  key: Buffer,
  nonce: Buffer,
  aad: Buffer | string,
  plaintext: Buffer | string,
  cipher: ChaCha20Poly1305 = chacha20Poly1305(),
): Buffer {
  const sealed = Buffer.allocUnsafe(Buffer.byteLength(plaintext) + SEAL_OVERHEAD);
  sealed[0] = VALUE_VERSION;
  nonce.copy(sealed, 1);
  // Sealed where it will lie: no other copy of the text is made.
  if (typeof plaintext === 'string') sealed.write(plaintext, BODY_AT, 'utf8');
  else plaintext.copy(sealed, BODY_AT);
  cipher.seal(sealed.subarray(BODY_AT), placeBytes(aad), nonce, key);
  return sealed;
}

/** Opens what `sealValue` wrote; damage, another key, place or form are `privacy.ciphertext-invalid`. */
export function openValue(
  key: Buffer,
  aad: Buffer | string,
  sealed: Buffer,
  cipher: ChaCha20Poly1305 = chacha20Poly1305(),
): Buffer {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== VALUE_VERSION) throw invalidCiphertext();
  const plaintext = Buffer.allocUnsafe(sealed.length - SEAL_OVERHEAD);
  try {
    cipher.open(plaintext, sealed.subarray(BODY_AT), placeBytes(aad), nonces.bytes(sealed, 1, NONCE_BYTES), key);
  } catch (cause) {
    throw invalidCiphertext(cause);
  }
  return plaintext;
}
