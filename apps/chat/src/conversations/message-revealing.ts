import { hideCardNumbers, type MessageReveal, type RevealedMessage } from '@libs/contracts';
import { InvalidInputError } from '@libs/http';
import { CLOCK, type Clock, UserError } from '@libs/kernel';
import { REVEALED_MS, ReadAccounts, RevealGuard, readReason } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { isLiveView } from '../live-view/live-view.rule.js';
import { streamErrors } from '../stream/stream.errors.js';
import { CODES, StreamReader } from '../stream/stream-reader.js';
import { type Asker, ConversationService, keyOf } from './conversation.service.js';

/** No such message, one of a colleague, and one in which nothing is hidden are the same. */
const nothingHidden = () =>
  new UserError('chat.nothing-hidden', 'There is no such message, or nothing in it is hidden', { status: 404 });

/**
 * Shows a visitor's message with the numbers of cards that members see as stars: by the permission of sensitive values,
 * within one's reach, for a reason, counted, and written down before it is answered (P-1004, P-1010).
 */
@Injectable()
export class MessageRevealing {
  constructor(
    private readonly conversations: ConversationService,
    private readonly reader: StreamReader,
    @Inject(RevealGuard) private readonly guard: RevealGuard,
    @Inject(ReadAccounts) private readonly accounts: ReadAccounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async reveal(asker: Asker, id: string, seq: number, wish: MessageReveal): Promise<RevealedMessage> {
    const row = await this.conversations.require(asker, id);
    // Whoever only looks on at a colleague's work reveals nothing in it.
    if (isLiveView(asker.scope, row)) throw streamErrors.takeOverFirst();
    const reason = readReason(wish.reason, wish.note);
    if (reason === undefined) throw new InvalidInputError([{ field: 'note', rule: 'isNotEmpty' }]);
    const text = await this.reader.whole(keyOf(asker, row), asker.role, seq);
    if (text === undefined || !hideCardNumbers(text)) throw nothingHidden();
    const { tenantId, memberId, role, correlationId } = asker;
    const field = CODES.message;
    await this.guard.take({ tenantId, memberId, correlationId }, { values: [{ field, count: 1 }] });
    const range = `conversation:${id} seq ${seq}`;
    const reader = { tenantId, memberId, role, correlationId, purpose: 'support-conversation', range } as const;
    await this.accounts.noteNow({ reader, subjects: [row.subjectId], fields: [field], masked: 0 }, reason);
    return { seq, text, until: this.clock.now() + REVEALED_MS };
  }
}
