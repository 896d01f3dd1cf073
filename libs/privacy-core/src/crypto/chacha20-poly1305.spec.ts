import { describe, expect, it } from 'vitest';
import { chacha20Poly1305, loadLibsodium, openssl } from './chacha20-poly1305.js';
import { newKey } from './keys.js';
import { openValue, sealValueWithNonce } from './sealed-value.js';

const nonce = Buffer.alloc(12, 7);

describe('ChaCha20-Poly1305 of two libraries', () => {
  const sodium = loadLibsodium()!;

  it.each([
    { by: openssl, with: sodium },
    { by: sodium, with: openssl },
  ])('P-1002 what $by.by sealed, $with.by opens', ({ by, with: other }) => {
    const key = newKey();
    for (const text of ['', '退款 🧾', 'x'.repeat(10_000)]) {
      const sealed = sealValueWithNonce(key, nonce, 'place', text, by);
      expect(sealed).toEqual(sealValueWithNonce(key, nonce, 'place', text, other));
      expect(openValue(key, 'place', sealed, other).toString()).toBe(text);
    }
  });

  it.each([openssl, sodium])('P-1002 $by seals nothing with a key or nonce of another length', (cipher) => {
    const body = () => Buffer.alloc(40, 'text');
    for (const [size, length] of [
      [16, 12],
      [0, 12],
      [33, 12],
      [32, 11],
      [32, 0],
      [32, 24],
    ] as const) {
      const [key, short] = [Buffer.alloc(size, 1), Buffer.alloc(length, 1)];
      expect(() => cipher.seal(body(), Buffer.alloc(0), short, key)).toThrow();
      expect(() => cipher.open(Buffer.alloc(24), body(), Buffer.alloc(0), short, key)).toThrow();
    }
  });

  it("is libsodium's where its binary fits, and none of its where it does not", () => {
    expect(chacha20Poly1305().by).toBe('libsodium');
    const missing = loadLibsodium(() => {
      throw new Error("Cannot find addon '.'");
    });
    expect(missing).toBeUndefined();
  });
});
