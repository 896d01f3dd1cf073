import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

const HASH_BYTES = 32;
const MOST_BLOCKS = 255;
const FIRST_BLOCK = Buffer.of(1);
/** RFC 5869: no salt is as many zeros as the hash has bytes. */
const NO_SALT = Buffer.alloc(HASH_BYTES);

/**
 * The first half of HKDF-SHA256 (RFC 5869): one key of `secret`, from which any number may be expanded. The caller
 * overwrites it. Both halves are checked against the published vectors and written as their HMACs: Node's own takes more
 * than twice as long for one block, and a cold list derives a thousand keys.
 */
export function hkdfExtract(secret: Buffer, salt: Buffer = NO_SALT): Buffer {
  return createHmac('sha256', salt.length === 0 ? NO_SALT : salt)
    .update(secret)
    .digest();
}

/** The second half: `size` bytes for the use that `info` names. */
export function hkdfExpand(extracted: Buffer, info: Buffer, size: number): Buffer {
  const blocks = Math.ceil(size / HASH_BYTES);
  if (blocks > MOST_BLOCKS) throw new RangeError('HKDF-SHA256 gives at most 8,160 bytes.');
  const first = createHmac('sha256', extracted).update(info).update(FIRST_BLOCK).digest();
  // Every key of the ladder is one block.
  if (size === HASH_BYTES) return first;
  const made = Buffer.alloc(blocks * HASH_BYTES);
  first.copy(made);
  for (let block = 2; block <= blocks; block++) {
    const end = (block - 1) * HASH_BYTES;
    const mac = createHmac('sha256', extracted).update(made.subarray(end - HASH_BYTES, end));
    mac.update(info).update(Buffer.of(block)).digest().copy(made, end);
  }
  return made.subarray(0, size);
}
