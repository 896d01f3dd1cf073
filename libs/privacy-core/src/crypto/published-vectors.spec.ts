import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NONCE_BYTES, open, sealWithNonce } from './aead.js';
import { type ChaCha20Poly1305, loadLibsodium, openssl } from './chacha20-poly1305.js';
import { hkdfExpand, hkdfExtract } from './hkdf.js';
import { hmacSha256 } from './hmac.js';
import { openValue, sealValueWithNonce } from './sealed-value.js';

const here = fileURLToPath(new URL('../../vectors/', import.meta.url));
const wycheproof = process.env.WYCHEPROOF_DIR ?? here;
const hex = (text: string) => Buffer.from(text, 'hex');

interface AeadVector {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}
interface HkdfVector {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}
interface HmacVector {
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
}
interface Judged {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}
interface Group<V> {
  readonly keySize: number;
  readonly ivSize: number;
  readonly tagSize: number;
  readonly tests: readonly (V & Judged)[];
}

function sealedOf(version: number, vector: AeadVector): Buffer {
  return Buffer.concat([Buffer.of(version), hex(vector.iv), hex(vector.ct), hex(vector.tag)]);
}

function tries(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}

/** Seals and opens the vector through our own functions. */
function aeadAgrees(vector: AeadVector): boolean {
  const { key, iv, aad, msg } = vector;
  const sealed = sealedOf(1, vector);
  return tries(
    () =>
      open(1, hex(key), hex(aad), sealed).equals(hex(msg)) &&
      sealWithNonce(1, hex(key), hex(iv), hex(aad), hex(msg)).equals(sealed),
  );
}

function chachaAgrees(vector: AeadVector, cipher: ChaCha20Poly1305): boolean {
  const { key, iv, aad, msg } = vector;
  const sealed = sealedOf(2, vector);
  return tries(
    () =>
      openValue(hex(key), hex(aad), sealed, cipher).equals(hex(msg)) &&
      sealValueWithNonce(hex(key), hex(iv), hex(aad), hex(msg), cipher).equals(sealed),
  );
}

function hkdfAgrees({ ikm, salt, info, size, okm }: HkdfVector): boolean {
  return tries(() => hkdfExpand(hkdfExtract(hex(ikm), hex(salt)), hex(info), size).equals(hex(okm)));
}

function hmacAgrees({ key, msg, tag }: HmacVector): boolean {
  return hmacSha256(hex(key), hex(msg)).subarray(0, hex(tag).length).equals(hex(tag));
}

describe('P-1002 vectors of the standards', () => {
  const vectors = JSON.parse(readFileSync(join(here, 'rfc.json'), 'utf8')) as {
    readonly gcm: readonly (AeadVector & { readonly name: string })[];
    readonly hkdf: readonly (HkdfVector & { readonly name: string })[];
    readonly hmac: readonly (HmacVector & { readonly name: string })[];
  };

  it.each(vectors.gcm)('P-1002 AES-256-GCM, $name', (vector) => expect(aeadAgrees(vector)).toBe(true));
  it.each(vectors.hkdf)('P-1002 HKDF-SHA256, RFC 5869 $name', (vector) => expect(hkdfAgrees(vector)).toBe(true));
  it.each(vectors.hmac)('P-1002 HMAC-SHA256, RFC 4231 $name', (vector) => expect(hmacAgrees(vector)).toBe(true));
});

describe('P-1002 Wycheproof', () => {
  function groups<V>(name: string): readonly Group<V>[] {
    const path = join(wycheproof, `${name}_test.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { testGroups: Group<V>[] }).testGroups : [];
  }

  /** Ids of vectors where our answer differs from the published judgement. */
  function wrong<V>(list: readonly Group<V>[], agrees: (vector: V) => boolean): readonly string[] {
    const tests = list.flatMap((group) => group.tests);
    expect(tests.length).toBeGreaterThan(60);
    return tests
      .filter((vector) => agrees(vector) !== (vector.result !== 'invalid'))
      .map((vector) => `${vector.tcId} ${vector.comment}`);
  }

  it('P-1002 every AES-GCM vector with 256-bit key, 96-bit nonce, 128-bit tag', () => {
    const ours = groups<AeadVector>('aes_gcm').filter(
      (group) => group.keySize === 256 && group.ivSize === NONCE_BYTES * 8 && group.tagSize === 128,
    );
    expect(wrong(ours, aeadAgrees)).toEqual([]);
  });

  it.each([openssl, loadLibsodium()])('P-1002 every ChaCha20-Poly1305 vector, by $by', (cipher) => {
    const all = groups<AeadVector>('chacha20_poly1305').filter(({ ivSize }) => ivSize === NONCE_BYTES * 8);
    expect(wrong(all, (vector) => chachaAgrees(vector, cipher))).toEqual([]);
  });

  it('P-1002 every HKDF-SHA256 vector', () => {
    expect(wrong(groups<HkdfVector>('hkdf_sha256'), hkdfAgrees)).toEqual([]);
  });

  it('P-1002 every HMAC-SHA256 vector', () => {
    expect(wrong(groups<HmacVector>('hmac_sha256'), hmacAgrees)).toEqual([]);
  });
});
