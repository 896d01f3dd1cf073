import type { AgentSent, HandOverNote } from '@libs/contracts';
import type { JournalEntry } from '@libs/database';
import { newId, UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { checkedText } from '../messages/message-text.js';
import { SendService, sendEntry } from '../messages/send.service.js';
import { RoutingStep } from '../routing/routing-step.js';
import { ChatWrites } from '../stream/chat-writes.js';
import type { HandItem } from '../stream/stream-items.js';
import { ColleagueList } from './colleagues.js';
import type { ConversationRow } from './conversation.repository.js';
import { type Asker, ConversationService } from './conversation.service.js';

/** A change of who has a conversation, as it stood on the screen of whoever asks. */
export interface HandOverWish extends HandOverNote {
  readonly id: string;
  readonly from: string | null;
  /** null = back to the queue. */
  readonly to: string | null;
  /** Whose work it is in the queue, before the inbox's own team. */
  readonly teamId?: string;
}

/**
 * Gives conversations to colleagues and back to the queue (F-0303). Of two at once one wins; the other is told who has it
 * now. A note goes along in the same write set: both are stored, or none.
 */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly conversations: ConversationService,
    private readonly colleagues: ColleagueList,
    private readonly sends: SendService,
    private readonly writes: ChatWrites,
    private readonly names: InboxNames,
    private readonly routing: RoutingStep,
  ) {}

  /** `allowed` is asked when it is known that the asker may do it at all. */
  async hand(asker: Asker, wish: HandOverWish, allowed?: () => Promise<void>): Promise<AgentSent> {
    const { tenantId, memberId } = asker;
    const { to } = wish;
    // Their own read scope comes first: whoever cannot see it learns nothing about members either.
    const row = await this.conversations.require(asker, wish.id);
    if (asker.scope.reach !== 'all' && row.assigneeId !== memberId) throw notYours();
    await allowed?.();
    if (to !== null) {
      await this.colleagues.require(tenantId, to);
      await this.names.warm(tenantId, to);
    }
    if (wish.from !== null) await this.names.warm(tenantId, wish.from);
    await this.names.warm(tenantId, memberId);
    const outcome = await this.commit(asker, row, wish);
    // Whoever was disabled meanwhile had their work handed over before this came.
    if (to !== null && !(await this.colleagues.isAble(tenantId, to))) {
      await this.commit(asker, row, { id: row.id, from: to, to: null });
    }
    return outcome;
  }

  private async commit(
    asker: Asker,
    row: ConversationRow,
    { from, to, note, teamId }: HandOverWish,
  ): Promise<AgentSent> {
    const { tenantId, memberId, correlationId } = asker;
    const { id: conversationId, subjectId } = row;
    const item: HandItem = { op: 'hand', conversationId, from, to, by: memberId, whileOpen: true };
    const text = note === undefined || note.trim() === '' ? undefined : checkedText(note);
    const added = text === undefined ? undefined : await this.note(asker, row, text);
    const { subjects, stream } = this.writes;
    const toTeam = teamId === undefined ? [] : [this.routing.step({ act: 'to-team', conversationId, teamId })];
    await this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [subjects.step({ subjectId }), stream.step(item), ...toTeam, ...(added ? [stream.step(added)] : [])],
      journal: [handEntry(item, subjectId, teamId), ...(added ? [sendEntry(added)] : [])],
    });
    return item.outcome!;
  }

  /** A note of its own sender: it stands in no page's numbering. */
  private note({ tenantId, memberId, correlationId }: Asker, row: ConversationRow, text: string) {
    const sender = newId().replaceAll('-', '').slice(10);
    const { id: conversationId, subjectId } = row;
    const send = { tenantId, conversationId, subjectId, authorId: memberId, op: 'note', sender, number: 1 } as const;
    return this.sends.sealed({ ...send, text, correlationId });
  }
}

function handEntry(item: HandItem, subjectId: string, teamId?: string): JournalEntry {
  const team: Readonly<Record<string, string>> = teamId === undefined ? {} : { teamId };
  return {
    kind: item.to === null ? 'chat.conversation-released.v1' : 'chat.conversation-assigned.v1',
    ...{
      subjectId,
      resource: `conversation:${item.conversationId}`,
      fields: teamId === undefined ? 'state,assigneeId' : 'state,assigneeId,teamId',
      commitment: null,
    },
    detail: () => ({ revision: item.outcome!.revision, assigneeId: item.to, ...team }),
  };
}

const notYours = (): UserError =>
  new UserError('chat.not-yours', 'Only who has the conversation may hand it over', { status: 403 });
