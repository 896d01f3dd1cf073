import { UserError } from '@libs/kernel';

/** Tokens of one bucket: `rate` a second, at most `burst`. */
interface Bucket {
  tokens: number;
  at: number;
}

/** How many a second, and how many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Rates of a tenant, read once per connection: a changed setting holds from the next connection on. */
export interface Rates {
  readonly session: Rate;
  readonly address: Rate;
  readonly tenant: Rate;
}

/** The refusal, with the time after which another try makes sense. */
export function rateLimited(retryAfterMs: number): UserError {
  return new UserError('chat.rate-limited', 'Too many messages at once', { status: 429, details: { retryAfterMs } });
}

const MOST_BUCKETS = 100_000;

/**
 * Token buckets by session, address and tenant, in the memory of the process (design 8). A call takes from all three or
 * from none; it fails closed: without a rate nothing passes.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Throws 429 when any bucket is empty. */
  take(sessionKey: string, addressKey: string, tenantKey: string, rates: Rates): void {
    const now = this.now();
    const session = this.bucket(sessionKey, rates.session, now);
    const address = this.bucket(addressKey, rates.address, now);
    const tenant = this.bucket(tenantKey, rates.tenant, now);
    const wait = Math.max(waitMs(session, rates.session), waitMs(address, rates.address), waitMs(tenant, rates.tenant));
    if (!(wait <= 0)) throw rateLimited(Math.ceil(wait));
    session.tokens -= 1;
    address.tokens -= 1;
    tenant.tokens -= 1;
  }

  /** Forgets the bucket of a session that has ended. */
  end(sessionKey: string): void {
    this.buckets.delete(sessionKey);
  }

  private bucket(key: string, { perSecond, burst }: Rate, now: number): Bucket {
    let bucket = this.buckets.get(key);
    if (!bucket) {
      if (this.buckets.size >= MOST_BUCKETS) this.sweep(now);
      bucket = { tokens: burst, at: now };
      this.buckets.set(key, bucket);
      return bucket;
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    return bucket;
  }

  /** Drops what has not been touched for a minute: such a bucket is full again or its owner gone. */
  private sweep(now: number): void {
    for (const [key, bucket] of this.buckets) if (now - bucket.at > 60_000) this.buckets.delete(key);
    if (this.buckets.size >= MOST_BUCKETS) throw rateLimited(1000);
  }
}

/** ms until one token is there; NaN (a broken rate) counts as never. */
function waitMs(bucket: Bucket, { perSecond }: Rate): number {
  return bucket.tokens >= 1 ? 0 : ((1 - bucket.tokens) / perSecond) * 1000;
}
