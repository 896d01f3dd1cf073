import type { Clock } from '@libs/kernel';
import { signInLocked } from '../auth.errors.js';

/** Failures that one login, or one address, may have before it is locked, and for how long. */
export const SIGN_IN_LIMITS = { failures: 10, lockMs: 15 * 60_000, remembered: 50_000 } as const;

interface Tally {
  failures: number;
  until: number;
}

/**
 * Counts failed sign-ins per login and per address, in memory. An attempt counts as failed from its start until it is
 * known to be right, so many at once get no more tries than one after the other. When the table is full, it refuses.
 */
export class AttemptGuard {
  private readonly tallies = new Map<string, Tally>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: { failures: number; lockMs: number; remembered: number } = SIGN_IN_LIMITS,
  ) {}

  /** Counts one attempt against each key, or throws `account.locked`. Answers the keys that are used up by it. */
  begin(keys: readonly string[]): readonly string[] {
    const now = this.clock.now();
    for (const key of keys) {
      const tally = this.current(key, now);
      if (tally && tally.failures >= this.limits.failures) throw signInLocked(tally.until - now);
    }
    if (this.tallies.size + keys.length > this.limits.remembered) this.makeRoom(now, keys.length);
    return keys.filter((key) => this.count(key, now) === this.limits.failures);
  }

  /** The attempt was right: what the login had failed is forgotten, an address only gets this attempt back. */
  succeeded(loginKey: string, addressKey: string): void {
    this.tallies.delete(loginKey);
    this.undecided([addressKey]);
  }

  /** Nothing was compared (we were too busy, the database was away): the attempt does not count. */
  undecided(keys: readonly string[]): void {
    for (const key of keys) {
      const tally = this.tallies.get(key);
      if (!tally) continue;
      tally.failures--;
      if (tally.failures <= 0) this.tallies.delete(key);
    }
  }

  private count(key: string, now: number): number {
    const failures = (this.tallies.get(key)?.failures ?? 0) + 1;
    this.tallies.set(key, { failures, until: now + this.limits.lockMs });
    return failures;
  }

  private current(key: string, now: number): Tally | undefined {
    const tally = this.tallies.get(key);
    if (tally && now < tally.until) return tally;
    this.tallies.delete(key);
    return undefined;
  }

  private makeRoom(now: number, needed: number): void {
    for (const [key, tally] of this.tallies) if (now >= tally.until) this.tallies.delete(key);
    if (this.tallies.size + needed > this.limits.remembered) throw signInLocked(this.limits.lockMs);
  }
}

/** One key per subscriber line: an IPv6 customer has a whole /64 to choose addresses from. */
export function addressKey(address: string): string {
  if (!address.includes(':') || address.includes('.')) return `address:${address.split(':').pop()}`;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return `address:${[...left, ...zeros, ...right].slice(0, 4).join(':')}`;
}
