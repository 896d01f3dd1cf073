import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** More than any label of a key is long; what is longer gets memory of its own. */
const scratch = Buffer.alloc(BLOCK_BYTES + 256);
const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);

/**
 * HMAC-SHA256 (RFC 2104) as the two hashes that it is made of, for whoever makes a thousand of them: node's `Hmac` is a
 * stream with native memory behind it, which takes half as long again and which the collector has to take leave of one by
 * one. `key` is a secret. What was written to memory of ours is overwritten, and no key becomes a text, which could not be.
 */
export function hmacSha256(key: Buffer, message: Buffer): Buffer {
  const short = key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key;
  const size = BLOCK_BYTES + message.length;
  const inner = size > scratch.length ? Buffer.alloc(size) : scratch.subarray(0, size);
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const byte = at < short.length ? short[at]! : 0;
    inner[at] = byte ^ INNER_PAD;
    outer[at] = byte ^ OUTER_PAD;
  }
  message.copy(inner, BLOCK_BYTES);
  // A text is quicker than bytes here, and says nothing without the key that goes before it in the outer hash.
  outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, 'binary');
  const made = hash('sha256', outer, 'buffer');
  inner.fill(0);
  outer.fill(0);
  return made;
}
