import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomTokenBytes, UnexpectedError } from '@libs/kernel';
import { COPIED, placeBytes, Shown } from './shown.js';

const ALGORITHM = 'aes-256-gcm';

/** Bytes of every key of the ladder. */
export const KEY_BYTES = 32;
/** Bytes of a nonce, of AES-GCM as of ChaCha20-Poly1305. */
export const NONCE_BYTES = 12;
/** Bytes of a tag; shorter tags are never accepted. */
export const TAG_BYTES = 16;
/** Version, nonce and tag: what a sealed value has more than its plaintext. */
export const SEAL_OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES;

const nonces = new Shown(NONCE_BYTES);
const tags = new Shown(TAG_BYTES);
const bodies = new Shown(COPIED);

/** What every opening answers to damage, a wrong key or a wrong place: one code, no detail to learn from. */
export function invalidCiphertext(cause?: unknown): UnexpectedError {
  return new UnexpectedError('privacy.ciphertext-invalid', 'A ciphertext cannot be opened here.', { cause });
}

/** AES-256-GCM with a fresh nonce, written as version | nonce | ciphertext | tag. */
export function seal(version: number, key: Buffer, aad: Buffer | string, plaintext: Buffer | string): Buffer {
  return sealWithNonce(version, key, randomTokenBytes(NONCE_BYTES), aad, plaintext);
}

/** The same with a given nonce. Only for test vectors: a nonce used twice under one key gives the text away. */
export function sealWithNonce(
  version: number,
  key: Buffer,
  nonce: Buffer,
  aad: Buffer | string,
  plaintext: Buffer | string,
): Buffer {
  // A tag of 16 bytes is the default when sealing; naming it costs a microsecond.
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(placeBytes(aad));
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  const sealed = Buffer.allocUnsafe(SEAL_OVERHEAD + body.length);
  sealed[0] = version;
  nonce.copy(sealed, 1);
  body.copy(sealed, 1 + NONCE_BYTES);
  cipher.getAuthTag().copy(sealed, 1 + NONCE_BYTES + body.length);
  return sealed;
}

/** Opens what `seal` wrote; anything else, another version included, is `privacy.ciphertext-invalid`. */
export function open(version: number, key: Buffer, aad: Buffer | string, sealed: Buffer): Buffer {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== version) throw invalidCiphertext();
  const tagAt = sealed.length - TAG_BYTES;
  try {
    // The tag below always has its 16 bytes, which is the default; naming it costs a microsecond.
    const decipher = createDecipheriv(ALGORITHM, key, nonces.bytes(sealed, 1, NONCE_BYTES));
    decipher.setAAD(placeBytes(aad));
    decipher.setAuthTag(tags.bytes(sealed, tagAt, TAG_BYTES));
    const plaintext = decipher.update(bodies.bytes(sealed, 1 + NONCE_BYTES, tagAt - 1 - NONCE_BYTES));
    decipher.final();
    return plaintext;
  } catch (cause) {
    throw invalidCiphertext(cause);
  }
}
