import type { AgentSent, ConversationSnooze, ConversationSnoozed } from '@libs/contracts';
import type { JournalEntry } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type Asker, ConversationService } from '../conversations/conversation.service.js';
import { InboxNames } from '../inboxes/inbox-names.js';
import { ChatWrites } from '../stream/chat-writes.js';
import type { SnoozeItem, WakeItem } from '../stream/stream-items.js';
import { snoozeErrors } from './snooze.errors.js';

const MINUTE_MS = 60_000;
const SHORTEST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 90 * 24 * 60 * MINUTE_MS;

/** A conversation as far as bringing it back needs it. */
interface Sleeper {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly subjectId: string;
}

/** Puts conversations off and brings them back (F-0303). Of two acts at once the stream decides under its lock. */
@Injectable()
export class SnoozeService {
  constructor(
    private readonly conversations: ConversationService,
    private readonly writes: ChatWrites,
    private readonly names: InboxNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async snooze(asker: Asker, id: string, wish: ConversationSnooze): Promise<ConversationSnoozed> {
    const { tenantId, memberId, correlationId } = asker;
    const { subjectId } = await this.conversations.require(asker, id);
    const until = this.timeOf(wish);
    await this.names.warm(tenantId, memberId);
    const item: SnoozeItem = { op: 'snooze', conversationId: id, memberId, until };
    const { subjects, stream } = this.writes;
    await this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [subjects.step({ subjectId }), stream.step(item)],
      journal: [
        {
          kind: 'chat.conversation-snoozed.v1',
          ...{ subjectId, resource: `conversation:${id}`, fields: 'state,snoozedUntil', commitment: null },
          detail: () => ({ revision: item.outcome!.revision, until }),
        },
      ],
    });
    return { ...item.outcome!, until };
  }

  /** A member does not wait for the time. */
  async wake(asker: Asker, id: string): Promise<AgentSent> {
    const { tenantId, memberId, correlationId } = asker;
    const { subjectId } = await this.conversations.require(asker, id);
    await this.names.warm(tenantId, memberId);
    const item: WakeItem = { op: 'wake', conversationId: id, memberId };
    const { subjects, stream } = this.writes;
    await this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [subjects.step({ subjectId }), stream.step(item)],
      journal: [wokenEntry(item, subjectId)],
    });
    return item.outcome!;
  }

  /** Its time has come. Refused with `chat.not-snoozed` where another process was quicker, or it was put off again. */
  async wakeDue({ tenantId, conversationId, subjectId }: Sleeper): Promise<void> {
    const item: WakeItem = { op: 'wake', conversationId, memberId: null };
    const { subjects, stream } = this.writes;
    await this.writes.commit({
      ...{ tenantId, authorId: null, system: 'snooze-waker', subjectId, correlationId: `wake-${conversationId}` },
      steps: [subjects.step({ subjectId }), stream.step(item)],
      journal: [wokenEntry(item, subjectId)],
    });
  }

  private timeOf({ until, inMs }: ConversationSnooze): number {
    const now = this.clock.now();
    const at = until ?? (inMs === undefined ? undefined : now + inMs);
    if (at === undefined || (until !== undefined && inMs !== undefined)) throw snoozeErrors.timeMissing();
    if (at < now + SHORTEST_MS) throw snoozeErrors.tooSoon(now + SHORTEST_MS);
    if (at > now + LONGEST_MS) throw snoozeErrors.tooLate(now + LONGEST_MS);
    return at;
  }
}

function wokenEntry(item: WakeItem, subjectId: string): JournalEntry {
  return {
    kind: 'chat.conversation-woken.v1',
    ...{ subjectId, resource: `conversation:${item.conversationId}`, fields: 'state,snoozedUntil', commitment: null },
    detail: () => ({ revision: item.outcome!.revision }),
  };
}
