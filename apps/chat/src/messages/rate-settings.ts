import type { TenantSettings } from '@libs/tenancy';
import type { Rate } from './rate-limiter.js';

/** Whose rate it is: of visitors one session, one line, all of the tenant, openings of a line; of members one, and all. */
export type RateScope = 'session' | 'address' | 'tenant' | 'opening' | 'member' | 'members';

/** The rate that the tenant has set. */
export async function rateOf(
  settings: Pick<TenantSettings, 'number'>,
  tenantId: string,
  scope: RateScope,
): Promise<Rate> {
  return {
    perSecond: await settings.number(tenantId, `chat.rate.${scope}-per-second`),
    burst: await settings.number(tenantId, `chat.rate.${scope}-burst`),
  };
}
