import { type Tx, upsert } from '@libs/database';
import { blindIndex } from '@libs/privacy-core';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

const HOUR_MS = 3_600_000;

/** How many requests are let through in a stretch of time. */
export interface RequestLimit {
  /** What is counted, e.g. `sms:number`. */
  readonly what: string;
  /** Whom it is counted for: an index, an address, or nothing for all together. */
  readonly whom: string;
  readonly most: number;
  readonly hours: 1 | 24;
}

/** A limit with the row that counts it. */
export interface CountedLimit {
  readonly counted: string;
  readonly since: number;
  readonly until: number;
  readonly most: number;
}

/**
 * Limits of what costs money or bothers somebody. Counted in the database, so that all processes and restarts count
 * together: when it is away, nothing is sent. Memory and rows hold keyed hashes only.
 */
export class RequestLimits {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  /** Names the rows, before the transaction, because a key is fetched. Always in one order, so that none waits for another. */
  async prepare(limits: readonly RequestLimit[]): Promise<readonly CountedLimit[]> {
    const key = await this.ports.keys.tenantKey(await this.platform.id(), 'request-limits');
    const now = this.ports.clock.now();
    return limits
      .map(({ what, whom, most, hours }) => {
        const since = now - (now % (hours * HOUR_MS));
        const counted = blindIndex(key, `${what}|${hours}|${whom}`);
        return { counted, since, until: since + hours * HOUR_MS, most };
      })
      .sort((a, b) => (a.counted < b.counted ? -1 : 1));
  }

  /**
   * Counts one request in a transaction of its own; false, and nothing counted anywhere, where one of the limits is
   * reached: what is turned away takes nobody else's share.
   */
  async lets(limits: readonly RequestLimit[]): Promise<boolean> {
    return (await this.wait(limits)) === undefined;
  }

  /** The same; answers for how long there is none left. */
  async wait(limits: readonly RequestLimit[]): Promise<number | undefined> {
    const tenantId = await this.platform.id();
    const counted = await this.prepare(limits);
    const count = this.ports.work.upkeep(
      async (tx) => {
        const wait = await this.use(tx, tenantId, counted);
        if (wait !== undefined) throw new Full(wait);
      },
      new Set([tenantId]),
    );
    return count.catch((error: unknown) => {
      if (error instanceof Full) return error.wait;
      throw error;
    }) as Promise<number | undefined>;
  }

  /** Counts one request, or answers for how long there is none left; then the transaction must be given up. */
  async use(tx: Tx, tenantId: string, limits: readonly CountedLimit[]): Promise<number | undefined> {
    for (const { counted, since, until, most } of limits) {
      await upsert(tx, COUNT, [tenantId, counted, since, 0, until]);
      const hit = await tx.run(
        'UPDATE auth_request_count SET used = used + 1 WHERE tenant_id = ? AND counted = ? AND since = ? AND used < ?',
        [tenantId, counted, since, most],
      );
      if (hit === 0) return Math.max(1, until - this.ports.clock.now());
    }
    return undefined;
  }
}

/** Gives up the transaction that counted: nothing of it may stay. */
class Full extends Error {
  constructor(readonly wait: number) {
    super('A limit of requests is reached.');
  }
}

const COUNT = {
  table: 'auth_request_count',
  columns: ['tenant_id', 'counted', 'since', 'used', 'until'],
  keys: ['tenant_id', 'counted', 'since'],
  update: [],
} as const;
