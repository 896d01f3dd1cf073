import { LOG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable } from '@nestjs/common';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import type { Asker } from '../conversations/conversation.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { isLiveView } from './live-view.rule.js';

/** Ends a look. */
export type EndLook = () => void;

/**
 * Looks of supervisors into the work of others (P-0207): each is an entry of the journal when it begins, before anything
 * is shown, and one when it ends, with both times. What was read meanwhile is accounted by `ReadWatch` as for everybody.
 */
@Injectable()
export class LiveViews {
  constructor(
    private readonly writes: ChatWrites,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Undefined where the member looks at work of their own, or at what nobody has. */
  async begin(asker: Asker, row: ConversationRow): Promise<EndLook | undefined> {
    if (!isLiveView(asker.scope, row)) return undefined;
    const from = this.clock.now();
    await this.write(asker, row, 'chat.live-view-began.v1', { assigneeId: row.assigneeId });
    return () => {
      this.write(asker, row, 'chat.live-view-ended.v1', { from, to: this.clock.now() }).catch((error: unknown) => {
        // The beginning stands; a person who was erased meanwhile has no more entries.
        this.log.warn('chat.live-view-unended', { err: error });
      });
    };
  }

  private write(
    { tenantId, memberId, correlationId }: Asker,
    { id, subjectId }: ConversationRow,
    kind: 'chat.live-view-began.v1' | 'chat.live-view-ended.v1',
    detail: Readonly<Record<string, string | number | null>>,
  ): Promise<void> {
    return this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [this.writes.subjects.step({ subjectId })],
      journal: [
        {
          ...{ kind, subjectId, resource: `conversation:${id}` },
          ...{ fields: 'chat.message,chat.note', commitment: null, detail: () => detail },
        },
      ],
    });
  }
}
