import type {
  AgentSent,
  ReplySchedule,
  ScheduledReplies,
  ScheduledReply,
  ScheduledReplyChange,
  SendTime,
} from '@libs/contracts';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import { groundRefused } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import { type Asker, ConversationService } from '../conversations/conversation.service.js';
import { isLiveView } from '../live-view/live-view.rule.js';
import { checkedText, checkFilled } from '../messages/message-text.js';
import { SendService } from '../messages/send.service.js';
import { streamErrors } from '../stream/stream.errors.js';
import { ScheduledDispatch } from './scheduled-dispatch.js';
import { scheduledErrors } from './scheduled-reply.errors.js';
import { type ScheduledRow, ScheduledRows } from './scheduled-rows.js';
import { ScheduledViews } from './scheduled-views.js';

const MINUTE_MS = 60_000;
const LONGEST_MS = 90 * 24 * 60 * MINUTE_MS;

/** Replies that go out later (F-0304): made, changed, cancelled or sent by members. */
@Injectable()
export class ScheduledReplyService {
  constructor(
    private readonly conversations: ConversationService,
    private readonly sends: SendService,
    private readonly rows: ScheduledRows,
    private readonly views: ScheduledViews,
    private readonly dispatch: ScheduledDispatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(asker: Asker, id: string): Promise<ScheduledReplies> {
    const conversation = await this.conversations.require(asker, id);
    const rows = await this.rows.of(id);
    return { items: await this.views.of(asker, conversation, rows) };
  }

  async schedule(asker: Asker, id: string, { text, ...time }: ReplySchedule): Promise<ScheduledReply> {
    const said = textOf(text);
    const conversation = await this.writable(asker, id);
    const dueAt = this.timeOf(time);
    await this.allowed(asker, conversation);
    const { subjectId, seq: baseSeq } = conversation;
    const place = { id: newId(), conversationId: id, subjectId };
    const body = this.rows.seal(place, said);
    const item = { ...place, op: 'keep', authorId: asker.memberId, body, dueAt, baseSeq } as const;
    await this.dispatch.record(asker, place, item, 'chat.reply-scheduled.v1', { dueAt });
    return this.views.one(asker, conversation, { ...item, version: 1, state: 'pending', refusal: null });
  }

  async change(asker: Asker, id: string, replyId: string, change: ScheduledReplyChange): Promise<ScheduledReply> {
    const { version, text, ...time } = change;
    const said = text === undefined ? undefined : textOf(text);
    const conversation = await this.writable(asker, id);
    const row = await this.ofAsker(asker, id, replyId, text === undefined);
    if (row.version !== version) throw scheduledErrors.changed(row.version);
    const moved = time.at !== undefined || time.inMs !== undefined;
    const dueAt = moved || row.state === 'refused' ? this.timeOf(time) : row.dueAt;
    if (said !== undefined) await this.allowed(asker, conversation);
    const body = said === undefined ? null : this.rows.seal(row, said);
    // Who changes it has what the customer wrote before their eyes.
    const next = { dueAt, baseSeq: conversation.seq };
    const item = { op: 'change', id: replyId, conversationId: id, version, body, ...next } as const;
    await this.dispatch.record(asker, row, item, 'chat.reply-rescheduled.v1', { dueAt });
    const now: ScheduledRow = { ...row, ...next, version: version + 1, state: 'pending', refusal: null };
    return this.views.one(asker, conversation, body === null ? now : { ...now, body });
  }

  /** Its author, or who reaches all conversations. */
  async cancel(asker: Asker, id: string, replyId: string): Promise<void> {
    await this.conversations.require(asker, id);
    const row = await this.ofAsker(asker, id, replyId, true);
    const item = { op: 'remove', id: replyId, conversationId: id, version: null } as const;
    await this.dispatch.record(asker, row, item, 'chat.reply-unscheduled.v1');
  }

  async sendNow(asker: Asker, id: string, replyId: string): Promise<AgentSent> {
    await this.writable(asker, id);
    const row = await this.ofAsker(asker, id, replyId, false);
    return this.dispatch.send(asker, row, false);
  }

  /** The conversation, for whoever may reply in it. */
  private async writable(asker: Asker, id: string): Promise<ConversationRow> {
    const row = await this.conversations.require(asker, id);
    if (isLiveView(asker.scope, row)) throw streamErrors.takeOverFirst();
    return row;
  }

  private async ofAsker(asker: Asker, id: string, replyId: string, orAll: boolean): Promise<ScheduledRow> {
    const row = await this.rows.find(replyId);
    if (!row || row.conversationId !== id) throw scheduledErrors.notFound();
    const may = row.authorId === asker.memberId || (orAll && asker.scope.reach === 'all');
    if (!may) throw scheduledErrors.notYours();
    return row;
  }

  /** Refuses where texts of this person may not be used now; the key is in memory afterwards. */
  private async allowed({ tenantId }: Asker, { subjectId }: ConversationRow): Promise<void> {
    const ground = await this.sends.settle({ tenantId, subjectId, op: 'message' });
    if (!ground.allowed) throw groundRefused(ground);
  }

  private timeOf({ at, inMs }: SendTime): number {
    const now = this.clock.now();
    const due = at ?? (inMs === undefined ? undefined : now + inMs);
    if (due === undefined || (at !== undefined && inMs !== undefined)) throw scheduledErrors.timeMissing();
    if (due < now + MINUTE_MS) throw scheduledErrors.tooSoon(now + MINUTE_MS);
    if (due > now + LONGEST_MS) throw scheduledErrors.tooLate(now + LONGEST_MS);
    return due;
  }
}

function textOf(text: string): string {
  const said = checkedText(text);
  checkFilled(said);
  return said;
}
