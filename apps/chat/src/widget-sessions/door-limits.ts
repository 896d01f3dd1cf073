import { addressKey as lineOf } from '@libs/auth';
import { TenantSettings } from '@libs/tenancy';
import { Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { ConnectionCounts } from '../messages/connection-counts.js';
import { LineLimiter } from '../messages/line-limiter.js';
import { type Rate, RateLimiter, type Rates } from '../messages/rate-limiter.js';
import { rateOf } from '../messages/rate-settings.js';
import type { VisitorSession } from './visitor-session.js';

/** Tokens of one line that turn out to belong to nobody: each costs a look into the database. */
const WRONG_TOKENS: Rate = { perSecond: 5, burst: 100 };
/** Refused requests of one known person that are written into the network log. */
const LOGGED_REFUSALS: Rate = { perSecond: 0.1, burst: 3 };

/** Signs of one session; a client that keeps the protocol sends about one a second. */
const SIGNS: Rate = { perSecond: 10, burst: 20 };

/** Everything that a visitor's door counts. Tenants never share a table. */
@Injectable()
export class DoorLimits {
  private readonly packets = new RateLimiter();
  private readonly signs = new RateLimiter();
  private readonly openings = new LineLimiter();
  private readonly looks = new LineLimiter();
  private readonly misses = new LineLimiter();
  private readonly refusals = new RateLimiter();
  private readonly connections = new ConnectionCounts();

  constructor(private readonly settings: TenantSettings) {}

  /** Counts one packet or request; throws 429. `address` is what `addressKey` made of it. */
  take(session: VisitorSession, address: string): void {
    this.packets.take(session.id, address, session.inbox.tenantId, session.rates);
  }

  /**
   * Counts a sign (typing, how far somebody has read); throws 429. They have buckets of their own, so that nobody who
   * types loses a message for it; who is not known yet sends none that mean anything.
   */
  sign(session: VisitorSession, address: string): void {
    this.signs.take(session.id, address, session.inbox.tenantId, { ...session.rates, session: SIGNS });
  }

  /** Counts a pass or a consent that a client of `address` asks for; throws 429. */
  async opening({ tenantId }: Inbox, address: string): Promise<void> {
    this.openings.take(tenantId, address, await rateOf(this.settings, tenantId, 'opening'));
  }

  /** Counts a look at the public settings of an inbox, which may be kept for a minute; throws 429. */
  async looking({ tenantId }: Inbox, address: string): Promise<void> {
    this.looks.take(tenantId, address, await rateOf(this.settings, tenantId, 'opening'));
  }

  /** Looks for who bears a token; a line that brings wrong ones without end is refused before anything is read. */
  async ofToken<T>({ tenantId }: Inbox, address: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
    this.misses.check(tenantId, address, WRONG_TOKENS);
    const found = await find();
    if (found === undefined) this.misses.missed(tenantId, address, WRONG_TOKENS);
    return found;
  }

  /** True when the refused request of this session is to be logged: not each of a flood. */
  logsRefusal(session: VisitorSession): boolean {
    const rates = { session: LOGGED_REFUSALS, address: LOGGED_REFUSALS, tenant: session.rates.tenant };
    return this.refusals.tryTake(session.id, session.id, session.inbox.tenantId, rates) === 0;
  }

  /** Counts an open socket by its line, and by its person where that is known; throws `chat.too-many-connections`. */
  async connected({ inbox: { tenantId }, visitor }: VisitorSession, address: string): Promise<() => void> {
    const perLine = await this.settings.number(tenantId, 'chat.sockets.per-address');
    const perVisitor = await this.settings.number(tenantId, 'chat.sockets.per-visitor');
    const line = { key: `${tenantId} ${lineOf(address)}`, most: perLine };
    const person = visitor && { key: `${tenantId} ${visitor.subjectId}`, most: perVisitor };
    return this.connections.open(person ? [line, person] : [line]);
  }

  /** Counts the socket of somebody who has just become known by a first message. */
  async recognised({ inbox: { tenantId }, visitor }: VisitorSession): Promise<() => void> {
    const most = await this.settings.number(tenantId, 'chat.sockets.per-visitor');
    return this.connections.open(visitor ? [{ key: `${tenantId} ${visitor.subjectId}`, most }] : []);
  }

  end(session: VisitorSession): void {
    this.packets.end(session.id, session.inbox.tenantId);
    this.signs.end(session.id, session.inbox.tenantId);
  }

  async ratesOf(tenantId: string): Promise<Rates> {
    return {
      session: await rateOf(this.settings, tenantId, 'session'),
      address: await rateOf(this.settings, tenantId, 'address'),
      tenant: await rateOf(this.settings, tenantId, 'tenant'),
    };
  }
}
