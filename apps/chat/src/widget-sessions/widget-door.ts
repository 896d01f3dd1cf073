import { addressKey as lineOf } from '@libs/auth';
import type { VisitorSend, VisitorSent, VisitorSync, VisitorSynced } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { TenantSettings } from '@libs/tenancy';
import { Injectable } from '@nestjs/common';
import { type Inbox, InboxDirectory } from '../inboxes/inbox-directory.js';
import { RateLimiter, type Rates } from '../messages/rate-limiter.js';
import { StreamReader } from '../stream/stream-reader.js';
import { consentErrors } from './consent-slips.js';
import { doorErrors, EmbedPasses } from './embed-passes.js';
import { KnownVisitors } from './known-visitors.js';
import { VisitorService } from './visitor.service.js';
import type { KnownVisitor, VisitorSession } from './visitor-session.js';

/** Checks who comes through a visitor's door and how often; the socket and the HTTP fallback share it. */
@Injectable()
export class WidgetDoor {
  private readonly limiter = new RateLimiter();

  constructor(
    private readonly inboxes: InboxDirectory,
    private readonly passes: EmbedPasses,
    private readonly known: KnownVisitors,
    private readonly settings: TenantSettings,
    private readonly visitors: VisitorService,
    private readonly reader: StreamReader,
  ) {}

  /** A session for a client that shows a pass and perhaps a token. An invalid token refuses, it is never ignored. */
  async connect(auth: unknown): Promise<VisitorSession> {
    const { inbox: key, pass, token } = (auth ?? {}) as Record<string, unknown>;
    const inbox = typeof key === 'string' ? await this.inboxes.find(key) : undefined;
    if (!inbox) throw doorErrors.unknownInbox();
    await this.passes.check(inbox, pass);
    const visitor = token === undefined ? undefined : await this.known.find(inbox, token);
    if (token !== undefined && !visitor) throw doorErrors.tokenInvalid();
    return this.session(inbox, visitor);
  }

  /** A session of a visitor who polls with a token; reading one's own messages needs no page around it. */
  async returning(key: string, token: unknown): Promise<VisitorSession> {
    const inbox = await this.inboxes.find(key);
    if (!inbox) throw doorErrors.unknownInbox();
    const visitor = await this.known.find(inbox, token);
    if (!visitor) throw doorErrors.tokenInvalid();
    return { ...(await this.session(inbox, visitor)), id: visitor.conversationId };
  }

  /** The person behind a token, for the person's own choices: also after the consent was withdrawn. Counts the call. */
  async person(
    key: string,
    token: unknown,
    address: string,
  ): Promise<VisitorSession & { readonly visitor: KnownVisitor }> {
    const inbox = await this.inboxes.find(key);
    if (!inbox) throw doorErrors.unknownInbox();
    const visitor = await this.known.findAnyway(inbox, token);
    if (!visitor) throw doorErrors.tokenInvalid();
    const session = { ...(await this.session(inbox, visitor)), id: visitor.conversationId, visitor };
    this.limiter.take(session.id, addressKey(session, address), inbox.tenantId, session.rates);
    return session;
  }

  send(session: VisitorSession, packet: VisitorSend, address: string): Promise<VisitorSent> {
    this.limiter.take(session.id, address, session.inbox.tenantId, session.rates);
    return this.visitors.send(session, packet);
  }

  /** `send` with a callback: the socket's way. */
  enqueue(
    session: VisitorSession,
    packet: VisitorSend,
    address: string,
    done: (error?: unknown, sent?: VisitorSent) => void,
  ): void {
    this.limiter.take(session.id, address, session.inbox.tenantId, session.rates);
    this.visitors.enqueue(session, packet, done);
  }

  sync(session: VisitorSession, packet: VisitorSync, address: string): Promise<VisitorSynced> {
    this.limiter.take(session.id, address, session.inbox.tenantId, session.rates);
    if (!session.visitor) throw consentErrors.required();
    return this.reader.forVisitor(session.inbox.tenantId, session.visitor, packet);
  }

  leave(session: VisitorSession): void {
    this.limiter.end(session.id, session.inbox.tenantId);
  }

  private async session(inbox: Inbox, visitor: KnownVisitor | undefined): Promise<VisitorSession> {
    const rates = await this.ratesOf(inbox.tenantId);
    return { inbox, id: newId(), correlationId: '', visitor, opening: undefined, rates };
  }

  private async ratesOf(tenantId: string): Promise<Rates> {
    const rate = async (scope: 'session' | 'address' | 'tenant') => ({
      perSecond: await this.settings.number(tenantId, `chat.rate.${scope}-per-second`),
      burst: await this.settings.number(tenantId, `chat.rate.${scope}-burst`),
    });
    return { session: await rate('session'), address: await rate('address'), tenant: await rate('tenant') };
  }
}

/**
 * Names an address for the rate limiter: a subscriber's line, since one has a whole /64 to choose from. Each tenant counts
 * for itself, and never under the name of a session.
 */
export function addressKey({ inbox }: VisitorSession, address: string): string {
  return `${inbox.tenantId} ${lineOf(address)}`;
}
