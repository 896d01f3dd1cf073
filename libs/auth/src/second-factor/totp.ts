import { createHmac, timingSafeEqual } from 'node:crypto';

/** Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, 30 s. */
export const TOTP = {
  stepMs: 30_000,
  digits: 6,
  /** Steps before and after the present one whose code is taken: typing takes time, clocks differ a little. */
  window: 1,
  /** Steps in which a code is recognised as one of a clock that is wrong. */
  astray: 40,
  secretBytes: 20,
} as const;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Number of the step at a moment. */
export function stepAt(now: number): number {
  return Math.floor(now / TOTP.stepMs);
}

/** The code of one step. */
export function totpOf(secret: Buffer, step: number, digits: number = TOTP.digits): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const tag = createHmac('sha1', secret).update(counter).digest();
  const offset = tag[tag.length - 1]! & 0x0f;
  const number = tag.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** How far from the present step the code belongs; undefined for one of no step within `reach`. */
export function driftOf(secret: Buffer, code: string, now: number, reach: number = TOTP.window): number | undefined {
  const present = stepAt(now);
  let found: number | undefined;
  // No early end: how long it takes should not tell which step it was.
  for (let drift = -reach; drift <= reach; drift++) {
    const step = present + drift;
    if (step < 0 || !sameCode(totpOf(secret, step), code)) continue;
    if (found === undefined || Math.abs(drift) < Math.abs(found)) found = drift;
  }
  return found;
}

function sameCode(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A secret as people type it (RFC 4648). */
export function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

/** What an authenticator app scans. */
export function otpauthUri(issuer: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${TOTP.digits}&period=${TOTP.stepMs / 1000}`;
}
