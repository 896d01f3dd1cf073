import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { ConversationConsent } from '../choices/conversation-consent.js';
import type { Inbox } from '../inboxes/inbox-directory.js';
import type { KnownVisitor } from './visitor-session.js';
import { VisitorTokens } from './visitor-tokens.js';

/** Refused to a person who withdrew the consent to the conversation; agreeing again opens the door. */
const consentWithdrawn = () =>
  new UserError('privacy.consent-withdrawn', 'The consent to this conversation was withdrawn', { status: 403 });

/** Who comes with a visitor token, and whether the conversation is open to them. */
@Injectable()
export class KnownVisitors {
  constructor(
    private readonly tokens: VisitorTokens,
    private readonly consent: ConversationConsent,
  ) {}

  /** The visitor of `token` as long as the consent to the conversation stands; undefined for a token that is none. */
  async find(inbox: Inbox, token: unknown): Promise<KnownVisitor | undefined> {
    const visitor = await this.findAnyway(inbox, token);
    if (visitor && (await this.consent.isWithdrawn(inbox.tenantId, visitor.subjectId))) throw consentWithdrawn();
    return visitor;
  }

  /** The same for the person's own choices, which stay reachable after everything was withdrawn. */
  findAnyway(inbox: Inbox, token: unknown): Promise<KnownVisitor | undefined> {
    return this.tokens.find(inbox, token);
  }
}
