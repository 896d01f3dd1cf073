/** How many a second, and how many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Tokens of one key: `rate` a second, at most `burst`; a new one is full. */
export class Bucket {
  private tokens: number;

  constructor(
    private rate: Rate,
    private at: number,
  ) {
    this.tokens = rate.burst;
  }

  /** Adds what came in since the last look; a changed rate holds from here on. */
  refill(rate: Rate, now: number): this {
    this.tokens = this.tokensAt(rate, now);
    this.at = now;
    this.rate = rate;
    return this;
  }

  /** ms until there is a token, 0 when there is one; never 0 for a broken rate. */
  waitMs(): number {
    return this.tokens >= 1 ? 0 : ((1 - this.tokens) / this.rate.perSecond) * 1000;
  }

  /** Takes the token that `waitMs` has just found. */
  take(): void {
    this.tokens -= 1;
  }

  /** True when it is the same as none. */
  isFull(now: number): boolean {
    return this.tokensAt(this.rate, now) >= this.rate.burst;
  }

  private tokensAt({ perSecond, burst }: Rate, now: number): number {
    return Math.min(burst, this.tokens + ((now - this.at) / 1000) * perSecond);
  }
}

/** A full table is looked through at most this often: looking costs, and who floods decides how often it is full. */
export const SWEEP_EVERY_MS = 250;

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

  /** The bucket of `key` as it is now; undefined where a new one finds no room, for about `SWEEP_EVERY_MS`. */
  find(key: string, rate: Rate, now: number): Bucket | undefined {
    const known = this.buckets.get(key);
    if (known) return known.refill(rate, now);
    if (!this.hasRoom(now)) return undefined;
    const bucket = new Bucket(rate, now);
    this.buckets.set(key, bucket);
    return bucket;
  }

  /** ms until `key` may go on, without noting a key that was not seen before. */
  peekMs(key: string, rate: Rate, now: number): number {
    const known = this.buckets.get(key);
    if (known) return known.refill(rate, now).waitMs();
    return this.hasRoom(now) ? 0 : SWEEP_EVERY_MS;
  }

  delete(key: string): void {
    this.buckets.delete(key);
  }

  private hasRoom(now: number): boolean {
    if (this.buckets.size < this.most) return true;
    if (now - this.sweptAt < SWEEP_EVERY_MS) return false;
    this.sweptAt = now;
    for (const [key, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(key);
    return this.buckets.size < this.most;
  }
}
