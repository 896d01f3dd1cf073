import { UserError } from '@libs/kernel';
import { Bucket, type Rate, SWEEP_EVERY_MS, TokenBuckets } from './token-buckets.js';

export type { Rate } from './token-buckets.js';

/** Rates of a tenant, read once per connection: a changed setting holds from the next connection on. */
export interface Rates {
  readonly session: Rate;
  readonly address: Rate;
  readonly tenant: Rate;
}

/** The refusal, with the time after which another try makes sense; NaN or infinite, of a broken rate, is none. */
export function rateLimited(waitMs: number): UserError {
  const retryAfterMs = Number.isFinite(waitMs) ? Math.ceil(waitMs) : NO_RATE_MS;
  return new UserError('chat.rate-limited', 'Too many messages at once', { status: 429, details: { retryAfterMs } });
}

/** True for the refusal of a rate. */
export function isRateLimited(error: unknown): boolean {
  return error instanceof UserError && error.code === 'chat.rate-limited';
}

/** Sessions, and as many addresses, that one tenant's table holds; about 5 MB where somebody fills it. */
const MOST_PER_TENANT = 20_000;

interface TenantTable {
  readonly sessions: TokenBuckets;
  readonly addresses: TokenBuckets;
  readonly whole: Bucket;
}

const NO_RATE_MS = 60_000;

/**
 * Token buckets by session, address and tenant, in the memory of the process (design 8). A call takes from all three or
 * from none; it fails closed: without a rate nothing passes. Each tenant has tables of its own, so that a flood of
 * addresses at one tenant's door neither evicts nor locks out anybody at another's.
 */
export class RateLimiter {
  private readonly tenants = new Map<string, TenantTable>();

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly mostPerTenant: number = MOST_PER_TENANT,
  ) {}

  /** Throws 429 when any bucket is empty. `tenantId` is one that exists: nobody may make tables up. */
  take(sessionKey: string, addressKey: string, tenantId: string, rates: Rates): void {
    const wait = this.tryTake(sessionKey, addressKey, tenantId, rates);
    if (wait !== 0) throw rateLimited(wait);
  }

  /** The same without a refusal: 0 when it has taken, otherwise ms to wait, which of a broken rate is no number. */
  tryTake(sessionKey: string, addressKey: string, tenantId: string, rates: Rates): number {
    const now = this.now();
    const { sessions, addresses, whole } = this.tableOf(tenantId, rates, now);
    const session = sessions.find(sessionKey, rates.session, now);
    const address = addresses.find(addressKey, rates.address, now);
    if (!session || !address) return SWEEP_EVERY_MS;
    const wait = Math.max(session.waitMs(), address.waitMs(), whole.refill(rates.tenant, now).waitMs());
    if (wait !== 0) return wait;
    session.take();
    address.take();
    whole.take();
    return 0;
  }

  /** Forgets the bucket of a session that has ended. */
  end(sessionKey: string, tenantId: string): void {
    this.tenants.get(tenantId)?.sessions.delete(sessionKey);
  }

  private tableOf(tenantId: string, { tenant }: Rates, now: number): TenantTable {
    let table = this.tenants.get(tenantId);
    if (!table) {
      const most = this.mostPerTenant;
      table = {
        sessions: new TokenBuckets(most),
        addresses: new TokenBuckets(most),
        whole: new Bucket(tenant, now),
      };
      this.tenants.set(tenantId, table);
    }
    return table;
  }
}
