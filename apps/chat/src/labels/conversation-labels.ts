import type { ConversationLabels } from '@libs/contracts';
import { CLOCK, type Clock } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type Asker, ConversationService } from '../conversations/conversation.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { labelErrors } from './label.errors.js';
import { LabelRepository } from './label.repository.js';
import { LabelStep } from './label-step.js';

/** Puts labels on conversations and takes them off: whoever may read and answer one may do both (F-0301). */
@Injectable()
export class ConversationLabelService {
  private readonly step: LabelStep;

  constructor(
    private readonly conversations: ConversationService,
    private readonly labels: LabelRepository,
    private readonly writes: ChatWrites,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.step = new LabelStep(clock);
  }

  /** The same twice changes nothing the second time. */
  async set(asker: Asker, id: string, labelId: string, on: boolean): Promise<ConversationLabels> {
    const { subjectId } = await this.conversations.require(asker, id);
    const before = await this.labelsOf(id);
    if (before.items.some((label) => label.id === labelId) === on) {
      // To take off what no longer exists is refused like what never did.
      if (on || (await this.labels.all()).some((label) => label.id === labelId)) return before;
      throw labelErrors.notFound();
    }
    const { tenantId, memberId, correlationId } = asker;
    await this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [this.writes.subjects.step({ subjectId }), this.step.step({ conversationId: id, labelId, on })],
      journal: [
        {
          kind: on ? 'chat.conversation-labelled.v1' : 'chat.conversation-unlabelled.v1',
          ...{ subjectId, resource: `conversation:${id}`, fields: 'labels', commitment: null },
          detail: () => ({ labelId }),
        },
      ],
    });
    return this.labelsOf(id);
  }

  private async labelsOf(id: string): Promise<ConversationLabels> {
    return { items: (await this.labels.of([id])).get(id) ?? [] };
  }
}
