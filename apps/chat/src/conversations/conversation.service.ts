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
import { LIMITS, personHandle } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { checkedText, checkFilled, checkSeen, checkSender } from '../messages/message-text.js';
import { SendService } from '../messages/send.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { isReadable, type LiveReads, ReadWatch } from '../stream/read-watch.js';
import { streamErrors } from '../stream/stream.errors.js';
import type { StateItem } from '../stream/stream-items.js';
import { type StreamKey, StreamReader, type TextItem } from '../stream/stream-reader.js';
import { ConversationRepository, type ConversationRow, type ListCursor } from './conversation.repository.js';
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
    private readonly reader: StreamReader,
    private readonly writes: ChatWrites,
    private readonly sends: SendService,
    private readonly names: InboxNames,
    private readonly reads: ReadWatch,
  ) {}

  async list(asker: Asker, view: ConversationView, cursor: string | undefined, limit = 50): Promise<ConversationPage> {
    const take = Math.min(Math.max(1, limit), LIMITS.listPage);
    await this.reads.room();
    const rows = await this.rows.list(asker.scope, view, take, cursor === undefined ? undefined : readCursor(cursor));
    const last = rows[rows.length - 1];
    const next = rows.length === take && last ? `${last.lastAt}.${last.id}` : null;
    const newest = await this.newest(asker, rows);
    const items = await Promise.all(rows.map((row) => this.summary(asker, row, newest.get(row.id))));
    const shown = rows.filter(({ id }) => newest.has(id) && isReadable(newest.get(id)!));
    this.reads.list(
      asker,
      shown.map((row) => keyOf(asker, row)),
    );
    return { items, next };
  }

  /** One row of the list; a headline where the member may read no more. */
  async row(asker: Asker, id: string): Promise<ConversationSummary> {
    await this.reads.room();
    const row = await this.require(asker, id, true);
    const newest = (await this.newest(asker, [row])).get(id);
    const summary = await this.summary(asker, row, newest);
    this.reads.page(asker, keyOf(asker, row), newest ? [newest] : []);
    return summary;
  }

  /** The newest message of each, where it lies within the asker's reach; withheld where it may not be read. */
  private async newest(asker: Asker, rows: readonly ConversationRow[]): Promise<ReadonlyMap<string, TextItem>> {
    const open = rows.filter((row) => !isHeadline(asker.scope, row));
    const places = open.map((row) => ({ ...keyOf(asker, row), seq: row.seq }));
    return this.reader.texts(asker.tenantId, asker.role, places);
  }

  private async summary(asker: Asker, row: ConversationRow, newest?: TextItem): Promise<ConversationSummary> {
    const { id, subjectId, inboxId, state, assigneeId, snoozedUntil, lastAt, seq, revision } = row;
    const { inboxName, assigneeName } = await this.names.of(asker.tenantId, inboxId, assigneeId);
    return {
      id,
      subjectId,
      inboxId,
      inboxName,
      state,
      snoozedUntil,
      assigneeId,
      assigneeName,
      handle: personHandle(subjectId),
      ...(newest ? previewOf(newest) : {}),
      lastAt,
      seq,
      revision,
      unread: Math.max(0, seq - row.readSeq),
      labels: [],
      waitingSince: null,
    };
  }

  /** The conversation if it may be read at all; a headline counts only where `headline` is allowed. */
  async require(asker: Asker, id: string, headline = false): Promise<ConversationRow> {
    const row = await this.rows.find(asker.scope, id);
    if (!row || (!headline && isHeadline(asker.scope, row))) throw streamErrors.notFound();
    return row;
  }

  async items(asker: Asker, id: string, before: number, limit?: number): Promise<ItemPage> {
    await this.reads.room();
    const key = keyOf(asker, await this.require(asker, id));
    const page = await this.reader.before(key, asker.role, before, limit);
    this.reads.page(asker, key, page.items);
    return page;
  }

  async sync(asker: Asker, { conversationId, after, limit }: AgentSync): Promise<AgentSynced> {
    await this.reads.room();
    const key = keyOf(asker, await this.require(asker, conversationId));
    const synced = await this.reader.forAgent(key, asker.role, limit === undefined ? { after } : { after, limit });
    this.reads.page(asker, key, synced.items);
    return synced;
  }

  /** Accounts for what one socket of the asker will be shown live. */
  live(asker: Asker): LiveReads {
    return this.reads.live(asker);
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

function previewOf({ author, text, withheld }: TextItem): Pick<ConversationSummary, 'preview' | 'withheld'> {
  return withheld === undefined ? { preview: { from: author.kind, text: text.slice(0, 200) } } : { withheld };
}

function keyOf({ tenantId }: Asker, { id, subjectId }: ConversationRow): StreamKey {
  return { tenantId, conversationId: id, subjectId };
}

function readCursor(cursor: string): ListCursor {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor);
  if (!match) throw new UserError('chat.cursor-invalid', 'This is no cursor of the list', { status: 422 });
  return { lastAt: Number(match[1]), id: match[2]! };
}
