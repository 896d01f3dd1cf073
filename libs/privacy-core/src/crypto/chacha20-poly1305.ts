import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createRequire } from 'node:module';
import { TAG_BYTES } from './aead.js';

/**
 * ChaCha20-Poly1305 (RFC 8439) with a key of 32 and a nonce of 12 bytes. What one implementation sealed, the other one
 * opens. Where an argument has another length, both throw.
 */
export interface ChaCha20Poly1305 {
  readonly by: 'libsodium' | 'openssl';
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

/** libsodium's, or undefined where its binary does not fit this machine (Alpine's C library, an unusual processor). */
export function loadLibsodium(
  load: (name: string) => unknown = createRequire(import.meta.url),
): ChaCha20Poly1305 | undefined {
  let sodium: Sodium;
  try {
    sodium = load('sodium-native') as Sodium;
  } catch {
    return undefined;
  }
  return {
    by: 'libsodium',
    seal(body, aad, nonce, key) {
      const text = body.subarray(0, body.length - TAG_BYTES);
      sodium.crypto_aead_chacha20poly1305_ietf_encrypt(body, text, aad, null, nonce, key);
    },
    open(into, body, aad, nonce, key) {
      sodium.crypto_aead_chacha20poly1305_ietf_decrypt(into, null, body, aad, nonce, key);
    },
  };
}

let chosen: ChaCha20Poly1305 | undefined;

/** The quickest that this machine has; looked for when something is sealed or opened first. */
export function chacha20Poly1305(): ChaCha20Poly1305 {
  chosen ??= loadLibsodium() ?? openssl;
  return chosen;
}
