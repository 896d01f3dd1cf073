import { Buffer } from 'node:buffer';
import { randomTokenBytes, UnexpectedError } from '@libs/kernel';
import { KEY_BYTES, open, seal } from './aead.js';
import { firstBlock, hkdfExtract } from './hkdf.js';
import { hmacSha256 } from './hmac.js';

const WRAP_VERSION = 0x11;
const GROUP_WRAP_VERSION = 0x12;
/** Ends what a key of this form is bound to: with another first byte it opens to nothing, instead of to another key. */
const OF_GROUP = '|0x12';
const blockOf = columnBlocks('custodia/field-key/2');
const firstBlockOf = columnBlocks('custodia/field-key/1');

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

/**
 * Key of one column below an opened group key: HKDF-Expand of `table.column`. A group key is random from end to end, so
 * that it needs no extraction first (RFC 5869, 3.3).
 */
export function deriveFieldKey(groupKey: Buffer, place: string): Buffer {
  refuseWiped(groupKey);
  return hmacSha256(groupKey, blockOf(place));
}

/** Key of the values of one column that were sealed with AES-GCM, as all were at first: a key serves one cipher alone. */
export function deriveFirstFieldKey(groupKey: Buffer, place: string): Buffer {
  refuseWiped(groupKey);
  return hmacSha256(groupKey, firstBlockOf(place));
}

/** What names columns to HKDF; there are as many as declared columns. */
function columnBlocks(use: string): (place: string) => Buffer {
  const known = new Map<string, Buffer>();
  return (place) => {
    let block = known.get(place);
    if (block === undefined) {
      block = firstBlock(Buffer.from(`${use}|${place}`, 'utf8'));
      known.set(place, block);
    }
    return block;
  };
}

/** Encrypts a group key under its subject's: 0x12 | nonce 12 | ciphertext | tag 16. The form is bound to it as well. */
export function wrapGroupKey(subjectKey: Buffer, aad: string, key: Buffer): Buffer {
  refuseWiped(subjectKey);
  return seal(GROUP_WRAP_VERSION, subjectKey, `${aad}${OF_GROUP}`, key);
}

/**
 * Opens a wrapped group key, to derive field keys from; throws `privacy.ciphertext-invalid`. What was wrapped as any other
 * key (0x11), as group keys were at first, has an extraction between it and its field keys, which is made here.
 */
export function unwrapGroupKey(subjectKey: Buffer, aad: string, wrapped: Buffer): Buffer {
  if (wrapped[0] !== WRAP_VERSION) return open(GROUP_WRAP_VERSION, subjectKey, `${aad}${OF_GROUP}`, wrapped);
  const key = unwrapKey(subjectKey, aad, wrapped);
  const extracted = hkdfExtract(key);
  wipe(key);
  return extracted;
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
