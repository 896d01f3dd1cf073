import type { AgentSent } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { type Asker, ConversationService } from '../conversations/conversation.service.js';
import { InboxNames } from '../inboxes/inbox-names.js';
import { ChatWrites } from '../stream/chat-writes.js';
import type { HandItem } from '../stream/stream-items.js';

/** Takes a conversation out of a colleague's hands: one act of its own in the journal, told to both at once. */
@Injectable()
export class TakeOverService {
  constructor(
    private readonly conversations: ConversationService,
    private readonly writes: ChatWrites,
    private readonly names: InboxNames,
  ) {}

  /** 409 `chat.already-taken` where somebody else than `from` has it by now. */
  async takeOver(asker: Asker, id: string, from: string): Promise<AgentSent> {
    const { tenantId, memberId, correlationId } = asker;
    const { subjectId } = await this.conversations.require(asker, id);
    if (asker.scope.reach !== 'all') throw notYours();
    await this.names.warm(tenantId, from);
    await this.names.warm(tenantId, memberId);
    const item: HandItem = { op: 'hand', conversationId: id, from, to: memberId, by: memberId, whileOpen: true };
    await this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [this.writes.subjects.step({ subjectId }), this.writes.stream.step(item)],
      journal: [
        {
          ...{ kind: 'chat.conversation-taken-over.v1', subjectId, resource: `conversation:${id}` },
          ...{ fields: 'assigneeId', commitment: null },
          detail: () => ({ revision: item.outcome!.revision, assigneeId: from }),
        },
      ],
    });
    return item.outcome!;
  }
}

const notYours = (): UserError =>
  new UserError('chat.not-yours', 'Only who reaches all conversations takes one over', { status: 403 });
