import { describe, expect, it } from 'vitest';
import { RFC4648, RFC6238 } from './published-vectors.fixture.js';
import { base32, driftOf, otpauthUri, stepAt, TOTP, totpOf } from './totp.js';

const SECRET = Buffer.from(RFC6238.seed, 'ascii');

describe('one-time passwords', () => {
  it.each(RFC6238.rows)('P-1008 RFC 6238 appendix B at %i s', (seconds, code) => {
    expect(totpOf(SECRET, stepAt(seconds * 1000), RFC6238.digits)).toBe(code);
  });

  it.each(RFC4648.rows)('P-1008 RFC 4648 base32 of "%s"', (text, encoded) => {
    expect(base32(Buffer.from(text, 'ascii'))).toBe(encoded);
  });

  it('P-1008 takes the code of the step before and after, and none further away', () => {
    const now = 1_700_000_000_000;
    for (const drift of [-1, 0, 1]) expect(driftOf(SECRET, totpOf(SECRET, stepAt(now) + drift), now)).toBe(drift);
    for (const drift of [-2, 2, 20]) {
      const code = totpOf(SECRET, stepAt(now) + drift);
      expect(driftOf(SECRET, code, now)).toBeUndefined();
      expect(driftOf(SECRET, code, now, TOTP.astray)).toBe(drift);
    }
    for (const bad of ['', '12345', '1234567', 'abcdef', '１２３４５６']) {
      expect(driftOf(SECRET, bad, now, TOTP.astray)).toBeUndefined();
    }
  });

  it('P-1008 the address for the app names product and account, and quotes both', () => {
    const uri = otpauthUri('Custodia', 'a&b=c@shop.example', 'ABC');
    expect(uri).toContain('otpauth://totp/Custodia:a%26b%3Dc%40shop.example?secret=ABC&issuer=Custodia&');
  });
});
