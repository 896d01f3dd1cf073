import type { AgentSend, AgentSent } from '@libs/contracts';
import { Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { isLiveView } from '../live-view/live-view.rule.js';
import { checkedText, checkFilled, checkSeen, checkSender } from '../messages/message-text.js';
import { SendService } from '../messages/send.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { streamErrors } from '../stream/stream.errors.js';
import type { StateItem } from '../stream/stream-items.js';
import type { StreamKey } from '../stream/stream-reader.js';
import { ConversationRepository, type ConversationRow } from './conversation.repository.js';
import { isHeadline, type ReadScope } from './read-scope.js';

/** Who asks: a member of the tenant with the reach of the role. */
export interface Asker {
  readonly tenantId: string;
  readonly memberId: string;
  readonly role: string;
  readonly scope: ReadScope;
  readonly correlationId: string;
}

/** What a member sends; a note may name colleagues. */
type AgentWords = AgentSend & { readonly memberIds?: readonly string[] };

const KINDS = {
  take: 'chat.conversation-taken.v1',
  resolve: 'chat.conversation-resolved.v1',
  reopen: 'chat.conversation-reopened.v1',
} as const;

/** What agents do with conversations. Every act checks the read scope first; unknown and foreign are the same 404. */
@Injectable()
export class ConversationService {
  constructor(
    private readonly rows: ConversationRepository,
    private readonly writes: ChatWrites,
    private readonly sends: SendService,
    private readonly names: InboxNames,
  ) {}

  /** The conversation if it may be read at all; a headline counts only where `headline` is allowed. */
  async require(asker: Asker, id: string, headline = false): Promise<ConversationRow> {
    const row = await this.rows.find(asker.scope, id);
    if (!row || (!headline && isHeadline(asker.scope, row))) throw streamErrors.notFound();
    return row;
  }

  /** Take, resolve or reopen. Exactly one of many takers wins; the others get 409 `chat.already-taken`. */
  async change(asker: Asker, op: StateItem['op'], id: string): Promise<AgentSent> {
    await this.names.warm(asker.tenantId, asker.memberId);
    const row = await this.require(asker, id, op === 'take');
    const item: StateItem = { op, conversationId: id, memberId: asker.memberId };
    await this.writes.commit({
      tenantId: asker.tenantId,
      authorId: asker.memberId,
      subjectId: row.subjectId,
      correlationId: asker.correlationId,
      steps: [this.writes.subjects.step({ subjectId: row.subjectId }), this.writes.stream.step(item)],
      journal: [
        {
          kind: KINDS[op],
          subjectId: row.subjectId,
          resource: `conversation:${id}`,
          fields: op === 'take' ? 'state,assigneeId' : 'state',
          detail: () => ({ revision: item.outcome!.revision }),
          commitment: null,
        },
      ],
    });
    return item.outcome!;
  }

  /** A public reply or an internal note. */
  async send(asker: Asker, op: 'message' | 'note', packet: AgentWords): Promise<AgentSent> {
    checkSender(packet.sender, packet.number);
    const text = checkedText(packet.text);
    if (packet.seen !== undefined) checkSeen(packet.seen);
    if (op === 'message') checkFilled(text);
    await this.names.warm(asker.tenantId, asker.memberId);
    const row = await this.require(asker, packet.conversationId);
    if (op === 'message' && isLiveView(asker.scope, row)) throw streamErrors.takeOverFirst();
    const send = {
      tenantId: asker.tenantId,
      conversationId: row.id,
      subjectId: row.subjectId,
      authorId: asker.memberId,
      op,
      sender: packet.sender,
      number: packet.number,
      text,
      seen: op === 'message' ? packet.seen : undefined,
      memberIds: op === 'note' ? packet.memberIds : undefined,
      correlationId: asker.correlationId,
    };
    return this.sends.send(send);
  }
}

/** Where the stream of a row lies. */
export function keyOf({ tenantId }: Pick<Asker, 'tenantId'>, { id, subjectId }: ConversationRow): StreamKey {
  return { tenantId, conversationId: id, subjectId };
}
