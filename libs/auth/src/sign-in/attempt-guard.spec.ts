import { ManualClock } from '@libs/kernel';
import { describe, expect, it } from 'vitest';
import { AttemptGuard, addressKey } from './attempt-guard.js';

const LIMITS = { failures: 3, lockMs: 1000, remembered: 6 };

describe('attempts to sign in', () => {
  it('P-1012 counts attempts that are still under way: parallel ones get no more tries', () => {
    const guard = new AttemptGuard(new ManualClock(), LIMITS);
    expect([1, 2, 3].map((n) => guard.begin(['login', `from ${n}`]).length)).toEqual([0, 0, 1]);
    expect(() => guard.begin(['login', 'from 4'])).toThrow(expect.objectContaining({ code: 'account.locked' }));
  });

  it('P-1012 a success forgives the login, but not what its address failed elsewhere', () => {
    const guard = new AttemptGuard(new ManualClock(), LIMITS);
    guard.begin(['one', 'address']);
    guard.begin(['two', 'address']);
    guard.begin(['three', 'address']);
    guard.succeeded('three', 'address');
    expect(guard.begin(['four', 'address'])).toEqual(['address']);
    expect(() => guard.begin(['five', 'address'])).toThrow();
  });

  it('P-1012 an attempt that was never compared does not count', () => {
    const guard = new AttemptGuard(new ManualClock(), LIMITS);
    for (let n = 0; n < 10; n++) {
      guard.begin(['login', 'address']);
      guard.undecided(['login', 'address']);
    }
    expect(() => guard.begin(['login', 'address'])).not.toThrow();
  });

  it('P-1012 refuses when the table is full, until the oldest have run out', () => {
    const clock = new ManualClock();
    const guard = new AttemptGuard(clock, LIMITS);
    for (const name of ['a', 'b', 'c']) guard.begin([`login ${name}`, `from ${name}`]);
    expect(() => guard.begin(['login d', 'from d'])).toThrow(expect.objectContaining({ status: 429 }));
    clock.advance(1000);
    expect(() => guard.begin(['login d', 'from d'])).not.toThrow();
  });

  it('P-1012 takes a whole IPv6 line for one address', () => {
    expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2::9'));
    expect(addressKey('2001:db8::1')).toBe('address:2001:db8:0:0');
    expect(addressKey('::ffff:192.0.2.7')).toBe(addressKey('192.0.2.7'));
    expect(addressKey('192.0.2.7')).not.toBe(addressKey('192.0.2.8'));
  });
});
