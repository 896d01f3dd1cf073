import { randomBytes, randomFillSync } from 'node:crypto';
import { systemClock } from './clock.js';

const POOL_BYTES = 8192;
const pool = Buffer.allocUnsafe(POOL_BYTES);
let used = POOL_BYTES;

/** Random bytes from a pool that is refilled 8 KiB at a time: one system call for some hundred ids. */
export function randomTokenBytes(length: number): Buffer {
  if (length > POOL_BYTES) return randomBytes(length);
  if (used + length > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(length);
  // Byte by byte: a few of them are moved and overwritten before a view of the pool would be made.
  for (let at = 0; at < length; at++) {
    bytes[at] = pool[used]!;
    pool[used++] = 0;
  }
  return bytes;
}

/** A secret of `bytes` random bytes in base64url; 24 bytes = 192 bit. */
export function randomToken(bytes = 24): string {
  return randomTokenBytes(bytes).toString('base64url');
}

/** A new UUIDv7 (RFC 9562) in its one textual form: lower case, with dashes, ordered by time. */
export function newId(now: number = systemClock.now()): string {
  const bytes = randomTokenBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for exactly the form that `newId` makes; anything else never reaches a query. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length === 36 && ID.test(value);
}
