import type { JournalEntry, Step } from '@libs/database';
import { newId } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { ChatWrites } from '../stream/chat-writes.js';
import type { HandItem, StreamOutcome } from '../stream/stream-items.js';
import type { Proposal } from './routing-plan.js';
import type { LostWork } from './routing-queue.js';
import { type GiveItem, RoutingStep } from './routing-step.js';

/** The hand-over of a conversation to whoever the step `give` of the same set picks. */
class HandToPicked implements HandItem {
  readonly op = 'hand';
  readonly from = null;
  readonly by = null;
  readonly whileIn = 'queued';
  outcome?: StreamOutcome;

  constructor(
    readonly conversationId: string,
    private readonly give: GiveItem,
  ) {}

  /** Known when the steps of the set are applied, one after another. */
  get to(): string {
    return this.give.outcome!.memberId;
  }
}

/** What the machine does, each as a write set with its entry (P-1501). */
@Injectable()
export class RoutingActs {
  constructor(
    private readonly writes: ChatWrites,
    private readonly step: RoutingStep,
    private readonly names: InboxNames,
  ) {}

  /** Gives a conversation; rejects with 409 where somebody was quicker or nobody has room any more. */
  async give(tenantId: string, { waiting, mode, candidates, former }: Proposal): Promise<void> {
    for (const memberId of candidates) await this.names.warm(tenantId, memberId);
    if (former !== null) await this.names.warm(tenantId, former);
    const item: GiveItem = { act: 'give', mode, candidates, former };
    const hand = new HandToPicked(waiting.id, item);
    await this.commit(tenantId, waiting, [this.step.step(item), this.writes.stream.step(hand)], {
      kind: 'chat.conversation-assigned.v1',
      detail: () => {
        const { memberId: assigneeId, rule, candidates: able, load, capacity } = item.outcome!;
        return { revision: hand.outcome!.revision, assigneeId, rule, candidates: able, load, capacity };
      },
    });
  }

  /** Takes a conversation back from a member who is away by a lost line. */
  async takeBack(tenantId: string, { id, subjectId, memberId }: LostWork): Promise<void> {
    await this.names.warm(tenantId, memberId);
    const hand: HandItem = {
      ...{ op: 'hand', conversationId: id, from: memberId, to: null, by: null, whileIn: 'open' },
    };
    const back = this.step.step({ act: 'take-back', conversationId: id, memberId });
    await this.commit(tenantId, { id, subjectId }, [back, this.writes.stream.step(hand)], {
      kind: 'chat.conversation-released.v1',
      detail: () => ({ revision: hand.outcome!.revision, assigneeId: null, rule: 'lost-line' }),
    });
  }

  private commit(
    tenantId: string,
    { id, subjectId }: { readonly id: string; readonly subjectId: string },
    steps: readonly Step[],
    entry: Pick<JournalEntry, 'kind' | 'detail'>,
  ): Promise<void> {
    return this.writes.commit({
      ...{ tenantId, authorId: null, system: 'routing', subjectId, correlationId: newId() },
      steps: [this.writes.subjects.step({ subjectId }), ...steps],
      journal: [{ ...entry, subjectId, resource: `conversation:${id}`, fields: 'state,assigneeId', commitment: null }],
    });
  }
}
