import type { MemberPrincipal } from '@libs/http';
import { TenantSettings } from '@libs/tenancy';
import { Injectable } from '@nestjs/common';
import { ConnectionCounts } from './connection-counts.js';
import { RateLimiter, type Rates } from './rate-limiter.js';
import { rateOf } from './rate-settings.js';

/** Everything that the agents' door counts: a member by sessions and as a whole, and all members of the tenant. */
@Injectable()
export class AgentLimits {
  private readonly packets = new RateLimiter();
  private readonly connections = new ConnectionCounts();

  constructor(private readonly settings: TenantSettings) {}

  /** Counts one packet; throws `chat.rate-limited`. A member who floods uses up no more than the own share. */
  take({ sessionId, memberId, tenantId }: MemberPrincipal, rates: Rates): void {
    this.packets.take(sessionId, memberId, tenantId, rates);
  }

  /** Counts an open socket; throws `chat.too-many-connections`. */
  async connected({ tenantId, memberId }: MemberPrincipal): Promise<() => void> {
    const most = await this.settings.number(tenantId, 'chat.sockets.per-member');
    return this.connections.open([{ key: `${tenantId} ${memberId}`, most }]);
  }

  async ratesOf(tenantId: string): Promise<Rates> {
    const member = await rateOf(this.settings, tenantId, 'member');
    return { session: member, address: member, tenant: await rateOf(this.settings, tenantId, 'members') };
  }
}
