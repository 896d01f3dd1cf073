import type {
  AgentSend,
  AgentSent,
  AgentSync,
  AgentSynced,
  ConversationPage,
  ConversationSummary,
  ConversationView,
  ItemPage,
} from '@libs/contracts';
import { LIMITS } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { checkedText, checkSender } from '../messages/message-text.js';
import { SendService } from '../messages/send.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { streamErrors } from '../stream/stream.errors.js';
import { type StreamKey, StreamReader } from '../stream/stream-reader.js';
import type { StateItem } from '../stream/stream-step.js';
import { ConversationRepository, type ConversationRow, type ListCursor } from './conversation.repository.js';
import { isHeadline, type ReadScope } from './read-scope.js';

/** Who asks: a member of the tenant with the reach of the role. */
export interface Asker {
  readonly tenantId: string;
  readonly memberId: string;
  readonly scope: ReadScope;
  readonly correlationId: string;
}

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
    private readonly reader: StreamReader,
    private readonly writes: ChatWrites,
    private readonly sends: SendService,
    private readonly names: InboxNames,
  ) {}

  async list(asker: Asker, view: ConversationView, cursor: string | undefined, limit = 50): Promise<ConversationPage> {
    const take = Math.min(Math.max(1, limit), LIMITS.listPage);
    const rows = await this.rows.list(asker.scope, view, take, cursor === undefined ? undefined : readCursor(cursor));
    const last = rows[rows.length - 1];
    const next = rows.length === take && last ? `${last.lastAt}.${last.id}` : null;
    return { items: await Promise.all(rows.map((row) => this.summary(asker, row))), next };
  }

  async summary(asker: Asker, row: ConversationRow): Promise<ConversationSummary> {
    const { id, subjectId, inboxId, state, assigneeId, lastAt, seq, revision } = row;
    const preview = isHeadline(asker.scope, row) ? undefined : await this.reader.text(keyOf(asker, row), seq);
    const { inboxName, assigneeName } = await this.names.of(asker.tenantId, inboxId, assigneeId);
    return {
      id,
      subjectId,
      inboxId,
      inboxName,
      state,
      assigneeId,
      assigneeName,
      handle: id.slice(-4).toUpperCase(),
      ...(preview?.kind === 'message' && preview.withheld === undefined
        ? { preview: { from: preview.author.kind, text: preview.text.slice(0, 200) } }
        : {}),
      lastAt,
      seq,
      revision,
      unread: Math.max(0, seq - row.readSeq),
    };
  }

  /** The conversation if it may be read at all; a headline counts only where `headline` is allowed. */
  async require(asker: Asker, id: string, headline = false): Promise<ConversationRow> {
    const row = await this.rows.find(asker.scope, id);
    if (!row || (!headline && isHeadline(asker.scope, row))) throw streamErrors.notFound();
    return row;
  }

  async items(asker: Asker, id: string, before: number, limit?: number): Promise<ItemPage> {
    return this.reader.before(keyOf(asker, await this.require(asker, id)), before, limit);
  }

  async sync(asker: Asker, { conversationId, after, limit }: AgentSync): Promise<AgentSynced> {
    const row = await this.require(asker, conversationId);
    return this.reader.forAgent(keyOf(asker, row), limit === undefined ? { after } : { after, limit });
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
  async send(asker: Asker, op: 'message' | 'note', packet: AgentSend): Promise<AgentSent> {
    checkSender(packet.sender, packet.number);
    const text = checkedText(packet.text);
    await this.names.warm(asker.tenantId, asker.memberId);
    const row = await this.require(asker, packet.conversationId);
    const send = {
      tenantId: asker.tenantId,
      conversationId: row.id,
      subjectId: row.subjectId,
      authorId: asker.memberId,
      op,
      sender: packet.sender,
      number: packet.number,
      text,
      correlationId: asker.correlationId,
    };
    return this.sends.send(send);
  }
}

function keyOf({ tenantId }: Asker, { id, subjectId }: ConversationRow): StreamKey {
  return { tenantId, conversationId: id, subjectId };
}

function readCursor(cursor: string): ListCursor {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor);
  if (!match) throw new UserError('chat.cursor-invalid', 'This is no cursor of the list', { status: 422 });
  return { lastAt: Number(match[1]), id: match[2]! };
}
