import { Buffer } from 'node:buffer';
import { randomTokenBytes, UnexpectedError } from '@libs/kernel';
import { KEY_BYTES, open, seal } from './aead.js';
import { hkdfExpand, hkdfExtract } from './hkdf.js';

const WRAP_VERSION = 0x11;
const infos = new Map<string, Buffer>();

/** A random 256-bit key: subject, group, index, object or tenant key. */
export function newKey(): Buffer {
  return randomTokenBytes(KEY_BYTES);
}

/** Overwrites key material. JavaScript keeps no other copy of a Buffer, so this is worth doing on every eviction. */
export function wipe(buffer: Buffer): void {
  buffer.fill(0);
}

/**
 * A key that was overwritten while somebody still held it would encrypt under zeros, readable to anyone. Two words are
 * enough: a real key begins like that once in 2^64.
 */
export function refuseWiped(key: Buffer): void {
  if (key.readUInt32LE(0) === 0 && key.readUInt32LE(4) === 0) {
    throw new UnexpectedError('privacy.key-wiped', 'A borrowed key was kept across an await and has been overwritten.');
  }
}

/** What all field keys of a group key are derived from: the first half of HKDF-SHA256, done once for all of them. */
export function fieldSecret(groupKey: Buffer): Buffer {
  refuseWiped(groupKey);
  return hkdfExtract(groupKey);
}

/** Key of one column below a group key, of which `secret` is the `fieldSecret`; `place` is `table.column`. */
export function deriveFieldKey(secret: Buffer, place: string): Buffer {
  refuseWiped(secret);
  return hkdfExpand(secret, infoOf(place), KEY_BYTES);
}

/** What names a column to HKDF; there are as many as declared columns. */
function infoOf(place: string): Buffer {
  const known = infos.get(place);
  if (known !== undefined) return known;
  const info = Buffer.from(`custodia/field-key/1|${place}`, 'utf8');
  infos.set(place, info);
  return info;
}

/** Encrypts a key under another one: 0x11 | nonce 12 | ciphertext | tag 16; never mistaken for a field. */
export function wrapKey(kek: Buffer, aad: Buffer | string, key: Buffer): Buffer {
  refuseWiped(kek);
  return seal(WRAP_VERSION, kek, aad, key);
}

/** Opens a wrapped key; throws `privacy.ciphertext-invalid`. */
export function unwrapKey(kek: Buffer, aad: Buffer | string, wrapped: Buffer): Buffer {
  return open(WRAP_VERSION, kek, aad, wrapped);
}
