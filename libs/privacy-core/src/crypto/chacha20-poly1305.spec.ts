import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { chacha20Poly1305, loadLibsodium, openssl, quickest } from './chacha20-poly1305.js';
import { newKey } from './keys.js';
import { openValue, sealValueWithNonce } from './sealed-value.js';

const nonce = Buffer.alloc(12, 7);

describe('ChaCha20-Poly1305 of two libraries', () => {
  const sodium = loadLibsodium();

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

  it("is libsodium's where its binary fits, and Node's where it does not, with the reason", () => {
    expect(chacha20Poly1305()).toMatchObject({ by: 'libsodium' });
    const missing = new Error("Cannot find addon '.'");
    const instead = quickest(() => {
      throw missing;
    });
    expect(instead).toEqual({ ...openssl, missing });
  });
});

describe('a libsodium that is none', () => {
  const real = createRequire(import.meta.url)('sodium-native') as Record<string, (...of: unknown[]) => number>;
  const ENCRYPT = 'crypto_aead_chacha20poly1305_ietf_encrypt';
  const DECRYPT = 'crypto_aead_chacha20poly1305_ietf_decrypt';
  const crashes = () => {
    throw new Error('Illegal invocation');
  };

  it.each([
    ['has another form', {}],
    ['cannot be called', { [ENCRYPT]: crashes, [DECRYPT]: crashes }],
    ['seals and does not open', { ...real, [DECRYPT]: undefined }],
    ['opens and does not seal', { ...real, [ENCRYPT]: crashes }],
    [
      'leaves the text as it is',
      { [ENCRYPT]: (body: Buffer) => body.length, [DECRYPT]: (text: Buffer) => text.length },
    ],
  ])('P-1002 is found out before anything is sealed with it: it %s', (_, broken) => {
    expect(quickest(() => broken)).toMatchObject({ by: 'openssl', missing: expect.any(Error) });
  });

  it('P-1002 seals nothing and opens nothing by half', () => {
    const key = newKey();
    let answer: number | undefined;
    const failing = loadLibsodium(() => ({
      [ENCRYPT]: (...of: unknown[]) => answer ?? real[ENCRYPT]!(...of),
      [DECRYPT]: (...of: unknown[]) => answer ?? real[DECRYPT]!(...of),
    }));
    const sealed = sealValueWithNonce(key, nonce, 'place', 'text', failing);
    for (answer of [-1, 0, 2 ** 64]) {
      expect(() => sealValueWithNonce(key, nonce, 'place', 'text', failing)).toThrow(
        expect.objectContaining({ code: 'privacy.cipher-failed' }),
      );
      expect(() => openValue(key, 'place', sealed, failing)).toThrow(
        expect.objectContaining({ code: 'privacy.ciphertext-invalid' }),
      );
    }
  });
});
