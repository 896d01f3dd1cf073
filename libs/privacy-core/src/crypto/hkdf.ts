import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { hmacSha256 } from './hmac.js';

const HASH_BYTES = 32;
const MOST_BLOCKS = 255;
/** RFC 5869: no salt is as many zeros as the hash has bytes. */
const NO_SALT = Buffer.alloc(HASH_BYTES);

/**
 * The first half of HKDF-SHA256 (RFC 5869): one key of `secret`, from which any number may be expanded. The caller
 * overwrites it. Both halves are checked against the published vectors and written as their HMACs: Node's own takes more
 * than twice as long for one block, and a cold list derives a thousand keys.
 */
export function hkdfExtract(secret: Buffer, salt: Buffer = NO_SALT): Buffer {
  // Not with ours, in which one hash is a text: of a secret under a known salt that would be as good as what comes out.
  return createHmac('sha256', salt.length === 0 ? NO_SALT : salt)
    .update(secret)
    .digest();
}

/** The second half: `size` bytes for the use that `info` names. */
export function hkdfExpand(extracted: Buffer, info: Buffer, size: number): Buffer {
  const blocks = Math.ceil(size / HASH_BYTES);
  if (blocks > MOST_BLOCKS) throw new RangeError('HKDF-SHA256 gives at most 8,160 bytes.');
  const made: Buffer[] = [hmacSha256(extracted, firstBlock(info))];
  for (let block = 2; block <= blocks; block++) {
    made.push(hmacSha256(extracted, Buffer.concat([...made.slice(-1), info, Buffer.of(block)])));
  }
  return Buffer.concat(made).subarray(0, size);
}

/** What its first block is the HMAC of: for whoever needs no more, and the same one again and again. */
export function firstBlock(info: Buffer): Buffer {
  return Buffer.concat([info, Buffer.of(1)]);
}
