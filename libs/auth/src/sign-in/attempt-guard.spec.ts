import { ManualClock } from '@libs/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { AttemptGuard, addressKey, networkKey } from './attempt-guard.js';

const LIMITS = { failures: 3, everywhere: 8, lockMs: 1000, remembered: 40 };
const LOCKED = expect.objectContaining({ code: 'account.locked', status: 429 });
/** An address in the n-th network. */
const at = (network: number, host = 1) => `198.51.${network}.${host}`;

describe('attempts to sign in', () => {
  let clock: ManualClock;
  let guard: AttemptGuard;
  const fail = (login: string, ...addresses: string[]) => addresses.map((address) => guard.begin(login, address).locks);
  /** Guesses from so many networks that the login is locked everywhere. */
  const attack = (login: string) => {
    for (let n = 0; n < LIMITS.everywhere; n++) guard.begin(login, at(100 + n));
  };

  beforeEach(() => {
    clock = new ManualClock();
    guard = new AttemptGuard(clock, LIMITS);
  });

  it('P-1012 counts attempts that are still under way: parallel ones get no more tries', () => {
    expect(fail('login', at(1, 1), at(1, 2), at(1, 3))).toEqual([false, false, true]);
    expect(() => guard.begin('login', at(1, 4))).toThrow(LOCKED);
    clock.advance(LIMITS.lockMs);
    expect(() => guard.begin('login', at(1, 4))).not.toThrow();
  });

  it('P-1012 whoever knows an e-mail locks nobody out but its own network', () => {
    fail('owner', at(1), at(1), at(1));
    expect(() => guard.begin('owner', at(1, 9))).toThrow(LOCKED);
    expect(() => guard.begin('owner', at(2))).not.toThrow();
    expect(() => guard.begin('colleague', at(1, 9))).not.toThrow();
  });

  it('P-1012 guessing from many networks at once locks the login for all but the networks it has signed in from', () => {
    attack('owner');
    expect(() => guard.begin('owner', at(2))).toThrow(LOCKED);
    const attempt = guard.begin('owner', at(1), true);
    guard.succeeded(attempt);
    expect(() => guard.begin('owner', at(2))).toThrow(LOCKED);
    clock.advance(LIMITS.lockMs);
    expect(() => guard.begin('owner', at(2))).not.toThrow();
  });

  it('P-1012 the bound of a login is used up once, and a known network has its own bound', () => {
    const many = Array.from({ length: LIMITS.everywhere }, (_, n) => at(100 + n));
    expect(fail('owner', ...many)).toEqual([...Array(LIMITS.everywhere - 1).fill(false), true]);
    const known = [at(1, 1), at(1, 2), at(1, 3)].map((address) => guard.begin('owner', address, true).locks);
    expect(known).toEqual([false, false, true]);
    expect(() => guard.begin('owner', at(1, 4), true)).toThrow(LOCKED);
  });

  it('P-1012 a success forgives the login from there, but not what its address or others failed', () => {
    fail('one', at(1));
    fail('two', at(1));
    guard.succeeded(guard.begin('three', at(1)));
    expect(fail('four', at(1))).toEqual([true]);
    expect(() => guard.begin('five', at(1))).toThrow(LOCKED);
    for (let n = 0; n < LIMITS.everywhere - 1; n++) guard.begin('six', at(100 + n));
    guard.succeeded(guard.begin('six', at(2)));
    expect(fail('six', at(3))).toEqual([true]);
  });

  it('P-1012 an attempt that was never compared does not count', () => {
    for (let n = 0; n < 20; n++) guard.undecided(guard.begin('login', at(1)));
    expect(() => guard.begin('login', at(1))).not.toThrow();
  });

  it('P-1012 a full table refuses whom it does not know, until the oldest have run out', () => {
    for (let n = 0; n < 13; n++) guard.begin(`guess ${n}`, at(100 + n));
    expect(() => guard.begin('stranger', at(2))).toThrow(LOCKED);
    expect(() => guard.begin('owner', at(1), true)).not.toThrow();
    clock.advance(LIMITS.lockMs);
    expect(() => guard.begin('stranger', at(2))).not.toThrow();
  });

  it('P-1012 takes a whole IPv6 line for one address and one network, and of IPv4 the neighbourhood', () => {
    for (const key of [addressKey, networkKey]) {
      expect(key('2001:db8:1:2:aaaa::1')).toBe(key('2001:db8:1:2::9'));
      expect(key('2001:db8::1')).toBe('address:2001:db8:0:0');
      expect(key('2001:db8::1')).not.toBe(key('2001:db8:0:1::1'));
      expect(key('::ffff:192.0.2.7')).toBe(key('192.0.2.7'));
    }
    expect(addressKey('192.0.2.7')).not.toBe(addressKey('192.0.2.8'));
    expect(networkKey('192.0.2.7')).toBe(networkKey('192.0.2.8'));
    expect(networkKey('192.0.2.7')).not.toBe(networkKey('192.0.3.7'));
  });
});
