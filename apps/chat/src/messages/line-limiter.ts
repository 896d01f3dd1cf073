import { addressKey as lineOf } from '@libs/auth';
import { rateLimited } from './rate-limiter.js';
import { type Rate, SWEEP_EVERY_MS, TokenBuckets } from './token-buckets.js';

/** Lines that one owner's table holds. */
const MOST_LINES = 20_000;

/**
 * Bounds what clients of one subscriber's line may do before anybody knows who they are. Each owner (a tenant, or nobody
 * where the tenant is not known yet) has a table of its own.
 */
export class LineLimiter {
  private readonly owners = new Map<string, TokenBuckets>();

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most: number = MOST_LINES,
  ) {}

  /** Counts one act of the line; throws 429 when it has none left. */
  take(owner: string, address: string, rate: Rate): void {
    const wait = this.tryTake(owner, address, rate);
    if (wait !== 0) throw rateLimited(wait);
  }

  /** Throws 429 for a line whose misses used up the rate; counts nothing. */
  check(owner: string, address: string, rate: Rate): void {
    const wait = this.tableOf(owner).peekMs(lineOf(address), rate, this.now());
    if (wait !== 0) throw rateLimited(wait);
  }

  /** Counts a miss: something asked for that does not exist. */
  missed(owner: string, address: string, rate: Rate): void {
    this.tryTake(owner, address, rate);
  }

  private tryTake(owner: string, address: string, rate: Rate): number {
    const bucket = this.tableOf(owner).find(lineOf(address), rate, this.now());
    if (!bucket) return SWEEP_EVERY_MS;
    const wait = bucket.waitMs();
    if (wait === 0) bucket.take();
    return wait;
  }

  private tableOf(owner: string): TokenBuckets {
    let table = this.owners.get(owner);
    if (!table) {
      table = new TokenBuckets(this.most);
      this.owners.set(owner, table);
    }
    return table;
  }
}
