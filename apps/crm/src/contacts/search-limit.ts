import { CLOCK } from '@libs/http';
import { type Clock, Lru, pairKey } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import type { Asker } from './contact-reach.js';

const HOUR_MS = 3_600_000;
/** Whole values that one member may look for within an hour, by one process. */
export const SEARCHES_PER_HOUR = 120;
const MOST_MEMBERS = 20_000;

/**
 * How often a member may ask whether somebody has a certain number or address. Of `138****1234` four digits are unknown:
 * who could ask ten thousand times would reveal it without a reveal.
 */
@Injectable()
export class SearchLimit {
  private readonly hours = new Lru<string, { readonly until: number; count: number }>(MOST_MEMBERS);

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Counts one search; throws 429 `crm.search-limit` with `retryAt`. */
  take({ tenantId, memberId }: Pick<Asker, 'tenantId' | 'memberId'>): void {
    const now = this.clock.now();
    const key = pairKey(tenantId, memberId);
    const known = this.hours.get(key);
    if (!known || known.until <= now) {
      this.hours.set(key, { until: now + HOUR_MS, count: 1 });
      return;
    }
    if (known.count >= SEARCHES_PER_HOUR) throw contactErrors.searchLimit(SEARCHES_PER_HOUR, known.until);
    known.count += 1;
  }
}
