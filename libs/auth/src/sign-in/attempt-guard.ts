import type { Clock } from '@libs/kernel';
import { signInLocked } from '../auth.errors.js';

/**
 * Failures before a lock, and for how long it holds. `failures` is for one login from one network, and for one address;
 * `everywhere` is for one login from all networks it never signed in from.
 */
export const SIGN_IN_LIMITS = {
  failures: 10,
  everywhere: 100,
  lockMs: 15 * 60_000,
  /** Tallies that are kept. */
  remembered: 50_000,
} as const;

interface Tally {
  failures: number;
  until: number;
}

/** What an attempt is counted against. */
interface Bound {
  readonly key: string;
  readonly most: number;
}

/** An attempt that has begun. */
export interface Attempt {
  /** True for the one that uses up a bound: from now on there is a lock. */
  readonly locks: boolean;
  readonly bounds: readonly Bound[];
  /** The login from this network. */
  readonly pair: string;
}

/**
 * Counts failed sign-ins in memory. A lock holds for a login from one network, so that whoever knows an e-mail cannot
 * lock its owner out from elsewhere; guessing from many networks at once meets a far higher bound of the login, and
 * even then a network that the login has signed in from (`isKnown`, see `KnownPlaces`) stays open. An attempt counts as failed from its start until it is known to be right, so many at once get no more tries than one
 * after the other. When the table is full, it refuses whoever is not known.
 */
export class AttemptGuard {
  private readonly tallies = new Map<string, Tally>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: { readonly [name in keyof typeof SIGN_IN_LIMITS]: number } = SIGN_IN_LIMITS,
  ) {}

  /** Counts one attempt on `login` (its index, never the text), or throws `account.locked`. */
  begin(login: string, address: string, isKnown = false): Attempt {
    const now = this.clock.now();
    const pair = `login:${login} ${networkKey(address)}`;
    const bounds = [
      { key: pair, most: this.limits.failures },
      { key: addressKey(address), most: this.limits.failures },
      ...(isKnown ? [] : [{ key: `login:${login}`, most: this.limits.everywhere }]),
    ];
    for (const { key, most } of bounds) {
      const tally = this.current(key, now);
      if (tally && tally.failures >= most) throw signInLocked(tally.until - now);
    }
    if (!isKnown) this.makeRoom(now, bounds.length);
    const reached = bounds.filter(({ key, most }) => this.count(key, now) === most);
    return { locks: reached.length > 0, bounds, pair };
  }

  /** It was right: what the login failed from here is forgotten. Other failures of address and login still count. */
  succeeded(attempt: Attempt): void {
    this.undecided(attempt);
    this.tallies.delete(attempt.pair);
  }

  /** Nothing was compared (we were too busy, the database was away): the attempt does not count. */
  undecided({ bounds }: Attempt): void {
    for (const { key } of bounds) {
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
    if (this.tallies.size + needed <= this.limits.remembered) return;
    for (const [key, tally] of this.tallies) if (now >= tally.until) this.tallies.delete(key);
    if (this.tallies.size + needed > this.limits.remembered) throw signInLocked(this.limits.lockMs);
  }
}

/** The neighbourhood of an address: a /24, for IPv6 the /64 of its line. */
export function networkKey(address: string): string {
  const line = addressKey(address);
  return line.includes('.') ? line.slice(0, line.lastIndexOf('.')) : line;
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
