import { Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import type { KnownVisitor } from './visitor-session.js';
import { VisitorTokens } from './visitor-tokens.js';

/** Who comes with a visitor token, and whether the conversation is open to them. */
@Injectable()
export class KnownVisitors {
  constructor(private readonly tokens: VisitorTokens) {}

  /** The visitor of `token` as long as the consent to the conversation stands; undefined for a token that is none. */
  async find(inbox: Inbox, token: unknown): Promise<KnownVisitor | undefined> {
    const visitor = await this.findAnyway(inbox, token);
    return visitor;
  }

  /** The same for the person's own choices, which stay reachable after everything was withdrawn. */
  findAnyway(inbox: Inbox, token: unknown): Promise<KnownVisitor | undefined> {
    return this.tokens.find(inbox, token);
  }
}
