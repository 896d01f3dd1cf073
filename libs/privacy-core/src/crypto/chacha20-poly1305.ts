import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createRequire } from 'node:module';
import { UnexpectedError } from '@libs/kernel';
import { TAG_BYTES } from './aead.js';

/**
 * ChaCha20-Poly1305 (RFC 8439) with a key of 32 and a nonce of 12 bytes. What one implementation sealed, the other one
 * opens. Where an argument has another length, both throw.
 */
export interface ChaCha20Poly1305 {
  readonly by: 'libsodium' | 'openssl';
  /** Why it is not libsodium's. */
  readonly missing?: unknown;
  /** Writes ciphertext and tag over `body`, which begins with the plaintext and ends with room for the tag. */
  seal(body: Buffer, aad: Buffer, nonce: Buffer, key: Buffer): void;
  /** Writes the plaintext to `into`, 16 bytes less than `body`; throws for anything that was not sealed like this. */
  open(into: Buffer, body: Buffer, aad: Buffer, nonce: Buffer, key: Buffer): void;
}

/** What is used of the package sodium-native. */
interface Sodium {
  crypto_aead_chacha20poly1305_ietf_encrypt(c: Buffer, m: Buffer, ad: Buffer, nsec: null, n: Buffer, k: Buffer): number;
  crypto_aead_chacha20poly1305_ietf_decrypt(m: Buffer, nsec: null, c: Buffer, ad: Buffer, n: Buffer, k: Buffer): number;
}

const ALGORITHM = 'chacha20-poly1305';
const TAGGED = { authTagLength: TAG_BYTES };

/**
 * Node's own. It makes an object with native memory for each value, which takes five times as long as libsodium's call and
 * leaves it to the collector (decision 0016).
 */
export const openssl: ChaCha20Poly1305 = {
  by: 'openssl',
  seal(body, aad, nonce, key) {
    const size = body.length - TAG_BYTES;
    const cipher = createCipheriv(ALGORITHM, key, nonce, TAGGED);
    cipher.setAAD(aad, { plaintextLength: size });
    cipher.update(body.subarray(0, size)).copy(body);
    cipher.final();
    cipher.getAuthTag().copy(body, size);
  },
  open(into, body, aad, nonce, key) {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, TAGGED);
    decipher.setAAD(aad, { plaintextLength: into.length });
    decipher.setAuthTag(body.subarray(into.length));
    const plain = decipher.update(body.subarray(0, into.length));
    decipher.final();
    plain.copy(into);
  },
};

/** A text, as the published vectors seal it (Wycheproof, 11). */
const SAMPLE = {
  key: Buffer.from('e05777ef3d989ace7d2abfba452bfded54801dbd5c66e91c0c2ef00479d85572', 'hex'),
  nonce: Buffer.from('b7f526e3fd71cf5720961aec', 'hex'),
  aad: Buffer.from('15d93a96d0e6c5a9', 'hex'),
  text: Buffer.from('17bfda03', 'hex'),
  sealed: Buffer.from('f4710e51b957c6a37b6a4c94996c002186d63b2b', 'hex'),
};

/**
 * libsodium's; throws where its binary does not fit this machine (Alpine's C library, an older one, an unusual processor),
 * and for what goes by its name and cannot do this.
 */
export function loadLibsodium(load: (name: string) => unknown = createRequire(import.meta.url)): ChaCha20Poly1305 {
  const sodium = load('sodium-native') as Sodium;
  const cipher: ChaCha20Poly1305 = {
    by: 'libsodium',
    seal(body, aad, nonce, key) {
      const text = body.subarray(0, body.length - TAG_BYTES);
      assertAll(body, sodium.crypto_aead_chacha20poly1305_ietf_encrypt(body, text, aad, null, nonce, key));
    },
    open(into, body, aad, nonce, key) {
      assertAll(into, sodium.crypto_aead_chacha20poly1305_ietf_decrypt(into, null, body, aad, nonce, key));
    },
  };
  assertRight(cipher);
  return cipher;
}

/** What is sealed in place lies there as plain text until it is sealed: a call that did less than all of it is a failure. */
function assertAll(asked: Buffer, done: number): void {
  if (done !== asked.length) {
    throw new UnexpectedError('privacy.cipher-failed', 'A cipher did less than it was asked to.');
  }
}

/** One text sealed and opened, while Node's cipher can still stand in. */
function assertRight(cipher: ChaCha20Poly1305): void {
  const { key, nonce, aad, text, sealed } = SAMPLE;
  const body = Buffer.concat([text, Buffer.alloc(TAG_BYTES)]);
  cipher.seal(body, aad, nonce, key);
  const opened = Buffer.alloc(text.length);
  cipher.open(opened, sealed, aad, nonce, key);
  if (!body.equals(sealed) || !opened.equals(text)) {
    throw new UnexpectedError('privacy.cipher-failed', 'A cipher answers something else than the published vector.');
  }
}

/** The quickest that a machine has. */
export function quickest(load?: (name: string) => unknown): ChaCha20Poly1305 {
  try {
    return loadLibsodium(load);
  } catch (missing) {
    return { ...openssl, missing };
  }
}

let chosen: ChaCha20Poly1305 | undefined;

/** The quickest that this machine has; looked for when something is sealed or opened first. */
export function chacha20Poly1305(): ChaCha20Poly1305 {
  chosen ??= quickest();
  return chosen;
}
