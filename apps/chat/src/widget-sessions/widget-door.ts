import { addressKey as lineOf } from '@libs/auth';
import type { VisitorSend, VisitorSent, VisitorSync, VisitorSynced } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { type Inbox, InboxDirectory } from '../inboxes/inbox-directory.js';
import { StreamReader } from '../stream/stream-reader.js';
import { consentErrors } from './consent-slips.js';
import { DoorLimits } from './door-limits.js';
import { doorErrors, EmbedPasses } from './embed-passes.js';
import { KnownVisitors } from './known-visitors.js';
import { VisitorService } from './visitor.service.js';
import type { KnownVisitor, VisitorSession } from './visitor-session.js';

/** Checks who comes through a visitor's door and how often; the socket and the HTTP fallback share it. */
@Injectable()
export class WidgetDoor {
  constructor(
    private readonly inboxes: InboxDirectory,
    private readonly passes: EmbedPasses,
    private readonly known: KnownVisitors,
    private readonly limits: DoorLimits,
    private readonly visitors: VisitorService,
    private readonly reader: StreamReader,
  ) {}

  /** A session for a client that shows a pass and perhaps a token. An invalid token refuses, it is never ignored. */
  async connect(auth: unknown, address: string): Promise<VisitorSession> {
    const { inbox: key, pass, token } = (auth ?? {}) as Record<string, unknown>;
    const inbox = await this.inbox(key, address);
    const origin = await this.passes.check(inbox, pass);
    const visitor =
      token === undefined
        ? undefined
        : await this.limits.ofToken(inbox, address, async () => this.known.find(inbox, token));
    if (token !== undefined && !visitor) throw doorErrors.tokenInvalid();
    return { ...(await this.session(inbox, visitor)), origin };
  }

  /** The inbox for somebody who asks for a pass or agrees; each line may do so only so often. `unknown` where it is none. */
  async opening(key: string, address: string, unknown = doorErrors.unknownInbox): Promise<Inbox> {
    const inbox = await this.inbox(key, address, unknown);
    await this.limits.opening(inbox, address);
    return inbox;
  }

  /** A session of a visitor who polls with a token; reading one's own messages needs no page around it. */
  async returning(key: string, token: unknown, address: string): Promise<VisitorSession> {
    const inbox = await this.inbox(key, address);
    const visitor = await this.limits.ofToken(inbox, address, async () => this.known.find(inbox, token));
    if (!visitor) throw doorErrors.tokenInvalid();
    return { ...(await this.session(inbox, visitor)), id: visitor.conversationId };
  }

  /** The person behind a token, for the person's own choices: also after the consent was withdrawn. Counts the call. */
  async person(
    key: string,
    token: unknown,
    address: string,
  ): Promise<VisitorSession & { readonly visitor: KnownVisitor }> {
    const inbox = await this.inbox(key, address);
    const visitor = await this.limits.ofToken(inbox, address, async () => this.known.findAnyway(inbox, token));
    if (!visitor) throw doorErrors.tokenInvalid();
    const session = { ...(await this.session(inbox, visitor)), id: visitor.conversationId, visitor };
    this.limits.take(session, addressKey(session, address));
    return session;
  }

  send(session: VisitorSession, packet: VisitorSend, address: string): Promise<VisitorSent> {
    this.limits.take(session, address);
    return this.visitors.send(session, packet);
  }

  /** `send` with a callback: the socket's way. */
  enqueue(
    session: VisitorSession,
    packet: VisitorSend,
    address: string,
    done: (error?: unknown, sent?: VisitorSent) => void,
  ): void {
    this.limits.take(session, address);
    this.visitors.enqueue(session, packet, done);
  }

  sync(session: VisitorSession, packet: VisitorSync, address: string): Promise<VisitorSynced> {
    this.limits.take(session, address);
    if (!session.visitor) throw consentErrors.required();
    return this.reader.forVisitor(session.inbox.tenantId, session.visitor, packet);
  }

  /** Counts a typing sign or a cursor of the session; throws 429. */
  sign(session: VisitorSession, address: string): void {
    this.limits.sign(session, address);
  }

  /** True when a request of this session that was too many is to be logged all the same. */
  logsRefusal(session: VisitorSession): boolean {
    return this.limits.logsRefusal(session);
  }

  leave(session: VisitorSession): void {
    this.limits.end(session);
  }

  private async inbox(key: unknown, address: string, unknown = doorErrors.unknownInbox): Promise<Inbox> {
    const inbox = typeof key === 'string' ? await this.inboxes.find(key, address) : undefined;
    if (!inbox) throw unknown();
    return inbox;
  }

  private async session(inbox: Inbox, visitor: KnownVisitor | undefined): Promise<VisitorSession> {
    const rates = await this.limits.ratesOf(inbox.tenantId);
    return { inbox, origin: undefined, id: newId(), correlationId: '', visitor, opening: undefined, rates };
  }
}

/**
 * Names an address for the rate limiter: a subscriber's line, since one has a whole /64 to choose from. Each tenant counts
 * for itself, and never under the name of a session.
 */
export function addressKey({ inbox }: VisitorSession, address: string): string {
  return `${inbox.tenantId} ${lineOf(address)}`;
}
