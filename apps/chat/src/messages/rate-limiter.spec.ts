import { describe, expect, it } from 'vitest';
import { RateLimiter, type Rates } from './rate-limiter.js';

const RATES: Rates = {
  session: { perSecond: 1, burst: 2 },
  address: { perSecond: 10, burst: 20 },
  tenant: { perSecond: 1000, burst: 2000 },
};

function aLimiter(most = 10) {
  const clock = { ms: 0 };
  return { limiter: new RateLimiter(() => clock.ms, most), clock };
}

const codeOf = (act: () => void): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('RateLimiter', () => {
  it('P-1016 takes from all buckets or from none and says when to come again', () => {
    const { limiter, clock } = aLimiter();
    const take = (): void => limiter.take('s', 'a', 't', RATES);
    take();
    take();
    expect(take).toThrow(expect.objectContaining({ code: 'chat.rate-limited', details: { retryAfterMs: 1000 } }));
    clock.ms += 1000;
    take();
    expect(codeOf(take)).toBe('chat.rate-limited');
  });

  it('P-1016 a tenant’s flood of addresses locks out new ones of that tenant only, and only while it lasts', () => {
    const { limiter, clock } = aLimiter();
    limiter.take('known', 'known line', 'alpha', RATES);
    const flood = Array.from({ length: 50 }, (_, n) => codeOf(() => limiter.take(`s${n}`, `a${n}`, 'alpha', RATES)));
    expect(flood.filter((code) => code === 'chat.rate-limited').length).toBe(41);
    expect(codeOf(() => limiter.take('known', 'known line', 'alpha', RATES))).toBeUndefined();
    for (let n = 0; n < 10; n++) expect(codeOf(() => limiter.take(`b${n}`, `b${n}`, 'beta', RATES))).toBeUndefined();
    clock.ms += 2000;
    expect(codeOf(() => limiter.take('late', 'late line', 'alpha', RATES))).toBeUndefined();
  });

  it('P-1016 a flood does not give the flooder a fresh bucket', () => {
    const { limiter } = aLimiter();
    limiter.take('s', 'a', 't', RATES);
    limiter.take('s', 'a', 't', RATES);
    for (let n = 0; n < 50; n++) codeOf(() => limiter.take(`x${n}`, `y${n}`, 't', RATES));
    expect(codeOf(() => limiter.take('s', 'a', 't', RATES))).toBe('chat.rate-limited');
  });

  it('P-1016 fails closed on a broken rate', () => {
    const { limiter } = aLimiter();
    for (const perSecond of [Number.NaN, 0]) {
      const broken = { ...RATES, session: { perSecond, burst: Number.isNaN(perSecond) ? Number.NaN : 0 } };
      expect(() => limiter.take(`s ${perSecond}`, 'a', 't', broken)).toThrow(
        expect.objectContaining({ details: { retryAfterMs: 60_000 } }),
      );
    }
  });
});
