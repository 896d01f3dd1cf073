import { ManualClock } from '@libs/kernel';
import { expect, it } from 'vitest';
import { SEARCHES_PER_HOUR, SearchLimit } from './search-limit.js';

const member = { tenantId: 't', memberId: 'm' };

it('P-1002 P-1004 nobody finds out what a mask hides by asking for one value after the other', () => {
  const clock = new ManualClock(1_000_000);
  const limit = new SearchLimit(clock);
  for (let n = 0; n < SEARCHES_PER_HOUR; n++) limit.take(member);
  expect(() => limit.take(member)).toThrowError(
    expect.objectContaining({ code: 'crm.search-limit', details: { limit: SEARCHES_PER_HOUR, retryAt: 4_600_000 } }),
  );
  expect(() => limit.take({ ...member, memberId: 'n' })).not.toThrow();
  clock.advance(3_600_000);
  expect(() => limit.take(member)).not.toThrow();
});
