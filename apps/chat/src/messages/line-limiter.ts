import { addressKey as lineOf } from '@libs/auth';
import { rateLimited } from './rate-limiter.js';
import { type Rate, TokenBuckets } from './token-buckets.js';

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
    const table = this.tableOf(owner);
    const line = lineOf(address);
    refuseUnlessNow(table.waitMs(line, rate, this.now()));
    table.take(line);
  }

  /** Throws 429 for a line whose misses used up the rate; counts nothing. */
  check(owner: string, address: string, rate: Rate): void {
    refuseUnlessNow(this.tableOf(owner).peekMs(lineOf(address), rate, this.now()));
  }

  /** Counts a miss: something asked for that does not exist. */
  missed(owner: string, address: string, rate: Rate): void {
    const table = this.tableOf(owner);
    const line = lineOf(address);
    if (table.waitMs(line, rate, this.now()) === 0) table.take(line);
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

function refuseUnlessNow(wait: number): void {
  if (!(wait <= 0)) throw rateLimited(Number.isFinite(wait) ? Math.ceil(wait) : 60_000);
}
