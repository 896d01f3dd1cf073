/** How many a second, and how many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Tokens of one key: `rate` a second, at most `burst`. */
interface Bucket {
  tokens: number;
  at: number;
  rate: Rate;
}

/** A full table is looked through at most this often: looking costs, and who floods decides how often it is full. */
const SWEEP_EVERY_MS = 250;

/**
 * Token buckets by key, in the memory of the process, at most `most` of them. A bucket that is full again is the same as
 * none and makes room; while none is, new keys have to wait and known ones go on.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly most: number) {}

  get size(): number {
    return this.buckets.size;
  }

  /** ms until `key` has a token, 0 when it has one. Takes nothing, and never answers 0 for a broken rate. */
  waitMs(key: string, rate: Rate, now: number): number {
    const bucket = this.bucket(key, rate, now);
    if (!bucket) return SWEEP_EVERY_MS;
    return bucket.tokens >= 1 ? 0 : ((1 - bucket.tokens) / rate.perSecond) * 1000;
  }

  /** Takes the token that `waitMs` has just found. */
  take(key: string): void {
    const bucket = this.buckets.get(key);
    if (bucket) bucket.tokens -= 1;
  }

  /** ms until `key` may go on, without noting a key that was not seen before. */
  peekMs(key: string, rate: Rate, now: number): number {
    return this.buckets.has(key) || this.buckets.size >= this.most ? this.waitMs(key, rate, now) : 0;
  }

  delete(key: string): void {
    this.buckets.delete(key);
  }

  private bucket(key: string, rate: Rate, now: number): Bucket | undefined {
    let bucket = this.buckets.get(key);
    if (bucket) {
      bucket.tokens = tokensAt(bucket, rate, now);
      bucket.at = now;
      bucket.rate = rate;
      return bucket;
    }
    if (this.buckets.size >= this.most && !this.sweep(now)) return undefined;
    bucket = { tokens: rate.burst, at: now, rate };
    this.buckets.set(key, bucket);
    return bucket;
  }

  private sweep(now: number): boolean {
    if (now - this.sweptAt < SWEEP_EVERY_MS) return false;
    this.sweptAt = now;
    for (const [key, bucket] of this.buckets) {
      if (tokensAt(bucket, bucket.rate, now) >= bucket.rate.burst) this.buckets.delete(key);
    }
    return this.buckets.size < this.most;
  }
}

function tokensAt(bucket: Bucket, { perSecond, burst }: Rate, now: number): number {
  return Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
}
