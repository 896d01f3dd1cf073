import { randomToken } from '@libs/kernel';
import { hash, verify } from '@node-rs/argon2';
import { signInBusy } from '../auth.errors.js';

/** argon2id (the default of the package) at 19 MiB and two passes, the first choice of the OWASP cheat sheet. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashing runs on the few threads that files and name look-ups need too: more than two at once would starve them. */
const AT_ONCE = 2;
const MOST_WAITING = 64;

/** One-way hashes of secrets. The same work is done whether an account exists or not. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  /** Makes the hash that unknown accounts are compared with, so that the first of them is not slower. */
  private async warm(): Promise<void> {
    this.decoy ??= hash(randomToken(), COST);
    await this.decoy;
  }

  hash(password: string): Promise<string> {
    return this.turn(() => hash(password, COST));
  }

  /** True when `password` is the one of `stored`; without `stored` it works as long and answers false. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    await this.warm();
    const against = stored ?? (await this.decoy)!;
    const same = await this.turn(() => verify(against, password));
    return same && stored !== undefined;
  }

  private async turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING) throw signInBusy();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
