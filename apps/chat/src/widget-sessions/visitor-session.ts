import type { Inbox } from '../inboxes/inbox-directory.js';
import type { Rates } from '../messages/rate-limiter.js';

/** The person behind a visitor's socket or request; empty until the first message or a valid token. */
export interface KnownVisitor {
  readonly subjectId: string;
  readonly conversationId: string;
}

/** What one connection of the widget is: memory only (design 6). */
export interface VisitorSession {
  /** As it is now: a socket's is renewed when the inbox changes. */
  inbox: Inbox;
  /** Where the page lies that opened the connection; a poll has none. */
  readonly origin: string | undefined;
  /** Names the connection for the rate limiter. */
  readonly id: string;
  correlationId: string;
  visitor: KnownVisitor | undefined;
  /** Set while the first message is on its way, so that a second one waits for it. */
  opening: Promise<unknown> | undefined;
  readonly rates: Rates;
  /** Of a socket: what the emitter knows it by. */
  listener?: object;
}
