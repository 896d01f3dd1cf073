import { type Invalidation, InvalidationFeed } from '@libs/events';
import { LOG } from '@libs/http';
import type { Log } from '@libs/logging';
import { Inject, Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { ConversationConsent } from '../choices/conversation-consent.js';
import { LookSigns } from '../live-view/look-signs.js';
import { QueuePlaces } from '../routing/queue-places.js';
import type { VisitorListener } from '../stream/stream-emitter.js';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';
import { endSockets, visitorSockets } from './open-sockets.js';

/** What the invalidation feed means to open sockets of visitors: some must end, some must look again. */
@Injectable()
export class VisitorNews {
  constructor(
    private readonly feed: InvalidationFeed,
    private readonly consent: ConversationConsent,
    private readonly places: QueuePlaces,
    private readonly looks: LookSigns,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Called once with the namespace of visitors. */
  attach(namespace: Namespace): void {
    this.feed.onStale(() => namespace.disconnectSockets(true));
    this.feed.onRow((row) => {
      const { kind, again } = row;
      // They cannot come back, so a row may be read again.
      if (kind === 'token' || kind === 'key') endSockets(socketsOf(namespace, row), 'chat.token-revoked');
      // They may come back after agreeing again: only the first reading of a row counts.
      if (kind === 'consent' && !again) {
        this.consentChanged(namespace, row).catch((error: unknown) => {
          this.log.error('chat.consent-unread', { err: error });
          endSockets(socketsOf(namespace, row));
        });
      }
    });
  }

  /** A visitor who has written is here: who waits hears at which place, and everybody whether somebody looks on. */
  arrived({ inbox, visitor }: VisitorSession): void {
    const { tenantId, id } = inbox;
    this.places.look(tenantId, id);
    if (visitor) this.looks.tell({ tenantId, conversationId: visitor.conversationId });
  }

  /** A first message went through: its conversation may be an older one, when the answer was lost the first time. */
  joined({ inbox, visitor }: VisitorSession, listener: VisitorListener): void {
    if (visitor) this.looks.joined({ tenantId: inbox.tenantId, conversationId: visitor.conversationId }, listener);
  }

  private async consentChanged(namespace: Namespace, row: Invalidation): Promise<void> {
    if (socketsOf(namespace, row).length === 0) return;
    const withdrawn = await this.consent.isWithdrawn(row.tenantId, row.ref);
    const sockets = socketsOf(namespace, row);
    if (withdrawn) endSockets(sockets, 'privacy.consent-withdrawn');
    else for (const socket of sockets) socket.emit('choices', {});
  }
}

/** Sockets of the person that `row` names. */
function socketsOf(namespace: Namespace, row: Invalidation): readonly Socket[] {
  return visitorSockets(namespace, row, ({ visitor }) => visitor?.subjectId);
}
