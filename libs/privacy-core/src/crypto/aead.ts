// Imported and not taken from the global object, where it lies behind a getter: a cold list asks for it thousands of times.
import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomTokenBytes, UnexpectedError } from '@libs/kernel';

const ALGORITHM = 'aes-256-gcm';

/** Bytes of every key of the ladder. */
export const KEY_BYTES = 32;
/** Bytes of an AES-GCM nonce. */
export const NONCE_BYTES = 12;
/** Bytes of an AES-GCM tag; shorter tags are never accepted. */
export const TAG_BYTES = 16;
/** Version, nonce and tag: what a sealed value has more than its plaintext. */
export const SEAL_OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Memory that stays, for what a cipher is only shown, with a view of each length that was asked for: nonce, tag, place and
 * text of a thousand values would be four thousand buffers, which cost a quarter of what opening does. To be used at once.
 */
class Shown {
  private readonly views: Buffer[] = [];

  constructor(private readonly memory: Buffer) {}

  /** `size` bytes of `from`, beginning with `start`, or a view of `from` where they are too many. */
  bytes(from: Buffer, start: number, size: number): Buffer {
    if (size > COPIED) return from.subarray(start, start + size);
    // Byte by byte: a copy of a part makes a view of that part first.
    for (let at = 0; at < size; at++) this.memory[at] = from[start + at]!;
    return this.view(size);
  }

  /** `text` in UTF-8, which takes at most three bytes for each unit of a string. */
  text(text: string): Buffer {
    if (text.length * 3 > this.memory.length) return Buffer.from(text, 'utf8');
    return this.view(this.memory.write(text, 0, 'utf8'));
  }

  private view(size: number): Buffer {
    this.views[size] ??= this.memory.subarray(0, size);
    return this.views[size];
  }
}

/** Up to this many bytes are copied sooner than a view is made. */
const COPIED = 128;
const nonces = new Shown(Buffer.alloc(NONCE_BYTES));
const tags = new Shown(Buffer.alloc(TAG_BYTES));
const bodies = new Shown(Buffer.alloc(COPIED));
/** Ids and names, no secret. */
const places = new Shown(Buffer.alloc(1024));

function bytesOf(place: Buffer | string): Buffer {
  return typeof place === 'string' ? places.text(place) : place;
}

/** What every opening answers to damage, a wrong key or a wrong place: one code, no detail to learn from. */
export function invalidCiphertext(cause?: unknown): UnexpectedError {
  return new UnexpectedError('privacy.ciphertext-invalid', 'A ciphertext cannot be opened here.', { cause });
}

/** AES-256-GCM with a fresh nonce, written as version | nonce | ciphertext | tag. */
export function seal(version: number, key: Buffer, aad: Buffer | string, plaintext: Buffer | string): Buffer {
  return sealWithNonce(version, key, randomTokenBytes(NONCE_BYTES), aad, plaintext);
}

/** The same with a given nonce. Only for test vectors: a nonce used twice under one key gives the text away. */
export function sealWithNonce(
  version: number,
  key: Buffer,
  nonce: Buffer,
  aad: Buffer | string,
  plaintext: Buffer | string,
): Buffer {
  // A tag of 16 bytes is the default when sealing; naming it costs a microsecond.
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(bytesOf(aad));
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  const sealed = Buffer.allocUnsafe(SEAL_OVERHEAD + body.length);
  sealed[0] = version;
  nonce.copy(sealed, 1);
  body.copy(sealed, 1 + NONCE_BYTES);
  cipher.getAuthTag().copy(sealed, 1 + NONCE_BYTES + body.length);
  return sealed;
}

/** Opens what `seal` wrote; anything else, another version included, is `privacy.ciphertext-invalid`. */
export function open(version: number, key: Buffer, aad: Buffer | string, sealed: Buffer): Buffer {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== version) throw invalidCiphertext();
  const tagAt = sealed.length - TAG_BYTES;
  try {
    // The tag below always has its 16 bytes, which is the default; naming it costs a microsecond.
    const decipher = createDecipheriv(ALGORITHM, key, nonces.bytes(sealed, 1, NONCE_BYTES));
    decipher.setAAD(bytesOf(aad));
    decipher.setAuthTag(tags.bytes(sealed, tagAt, TAG_BYTES));
    const plaintext = decipher.update(bodies.bytes(sealed, 1 + NONCE_BYTES, tagAt - 1 - NONCE_BYTES));
    decipher.final();
    return plaintext;
  } catch (cause) {
    throw invalidCiphertext(cause);
  }
}
