import { describe, expect, it } from 'vitest';
import { newKey } from './keys.js';
import { signSlip, verifySlip } from './slip.js';

describe('a slip', () => {
  const key = newKey();

  it('carries what was agreed to, and is refused with anything changed', () => {
    const payload = { tenant: 't1', notice: 'abc', expires: 5, nonce: '你好' };
    const slip = signSlip(key, payload);
    expect(verifySlip(key, slip)).toEqual(payload);
    expect(verifySlip(newKey(), slip)).toBeUndefined();
    for (let at = 0; at < slip.length; at++) {
      const changed = `${slip.slice(0, at)}${slip[at] === 'A' ? 'B' : 'A'}${slip.slice(at + 1)}`;
      expect(verifySlip(key, changed)).toBeUndefined();
    }
  });

  it.each([undefined, null, 7, {}, '', '.', 'a.b', 'a.b.c', 'x'.repeat(5000), `${'x'.repeat(100)}.`, '\u0000.\u0000'])(
    'answers nothing to %j, without throwing',
    (token) => {
      expect(verifySlip(key, token)).toBeUndefined();
    },
  );

  it('takes no list and no bare value, even signed', () => {
    const signed = signSlip(key, [] as unknown as Record<string, unknown>);
    expect(verifySlip(key, signed)).toBeUndefined();
  });
});
