import type { AgentSent, ScheduledRefusal } from '@libs/contracts';
import type { JournalEntry } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { groundRefused } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { type CheckedSend, SendService, sendEntry } from '../messages/send.service.js';
import { StoredSends } from '../messages/stored-sends.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { AlreadySent } from '../stream/stream.errors.js';
import { type ScheduledItem, ScheduledReplyStep } from './scheduled-reply-step.js';
import { type ScheduledRow, ScheduledRows } from './scheduled-rows.js';

/** Acts about a scheduled reply, as the journal knows them. */
export type ScheduledAct =
  | 'chat.reply-scheduled.v1'
  | 'chat.reply-rescheduled.v1'
  | 'chat.reply-unscheduled.v1'
  | 'chat.reply-released.v1'
  | 'chat.reply-held.v1';

/** Who does it: a member, or the product itself (null). */
export interface Doer {
  readonly tenantId: string;
  readonly memberId: string | null;
  readonly correlationId: string;
}

/** The name of the product where nobody asked. */
const SYSTEM = 'scheduled-sender';

/** Writes what happens to scheduled replies, each with its entry of the journal. */
@Injectable()
export class ScheduledDispatch {
  private readonly step: ScheduledReplyStep;

  constructor(
    private readonly rows: ScheduledRows,
    private readonly sends: SendService,
    private readonly stored: StoredSends,
    private readonly writes: ChatWrites,
    private readonly names: InboxNames,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.step = new ScheduledReplyStep(clock);
  }

  /** Nothing of the person is written by it where `item` holds no text: it goes through whatever they have withdrawn. */
  async record(
    doer: Doer,
    { id, conversationId, subjectId }: Pick<ScheduledRow, 'id' | 'conversationId' | 'subjectId'>,
    item: ScheduledItem,
    act: ScheduledAct,
    more: Readonly<Record<string, string | number>> = {},
  ): Promise<void> {
    const holdsText = 'body' in item && item.body !== null;
    const fence = holdsText ? [this.writes.subjects.step({ subjectId })] : [];
    await this.writes.commit({
      ...authorship(doer),
      subjectId,
      steps: [...fence, this.step.step(item)],
      journal: [entryOf(act, { id, conversationId, subjectId }, more)],
    });
  }

  /**
   * The message and the end of the row are one write set. The sender id is the reply's own and its number 1, so even a
   * row that comes back from a copy of the database sends nothing twice.
   */
  async send(doer: Doer, row: ScheduledRow, unlessOvertaken: boolean): Promise<AgentSent> {
    const { tenantId, correlationId } = doer;
    const { id, conversationId, subjectId, authorId, version } = row;
    // Before the text is opened for it.
    const ground = await this.sends.settle({ tenantId, subjectId, op: 'message' });
    if (!ground.allowed) throw groundRefused(ground);
    const send: CheckedSend = {
      ...{ tenantId, conversationId, subjectId, authorId, correlationId },
      ...{ op: 'message', sender: senderOf(id), number: 1, text: await this.rows.open(row) },
    };
    await this.names.warm(tenantId, authorId);
    const item = await this.sends.sealed(send);
    const known = { id, conversationId, version };
    const gone = { ...known, op: 'remove', ...(unlessOvertaken ? { unlessOvertaken } : {}) } as const;
    const { subjects, stream } = this.writes;
    try {
      await this.writes.commit({
        ...authorship(doer),
        subjectId,
        steps: [subjects.step({ subjectId }), stream.step(item), this.step.step(gone)],
        journal: [sendEntry(item), entryOf('chat.reply-released.v1', row)],
      });
    } catch (error) {
      if (!(error instanceof AlreadySent)) throw error;
      await this.record(doer, row, { ...known, op: 'remove' }, 'chat.reply-released.v1');
      return this.stored.find(send);
    }
    return item.outcome!;
  }

  /** Keeps why it was not sent. */
  refuse(doer: Doer, row: ScheduledRow, refusal: ScheduledRefusal): Promise<void> {
    const { id, conversationId, version } = row;
    return this.record(doer, row, { op: 'refuse', id, conversationId, version, refusal }, 'chat.reply-held.v1', {
      refusal,
    });
  }
}

/** A sender id of its own, of the form that sender ids have. */
export function senderOf(id: string): string {
  return id.replaceAll('-', '');
}

function authorship({ tenantId, memberId, correlationId }: Doer) {
  const system = memberId === null ? { system: SYSTEM } : {};
  return { tenantId, authorId: memberId, correlationId, ...system };
}

function entryOf(
  act: ScheduledAct,
  { id, conversationId, subjectId }: Pick<ScheduledRow, 'id' | 'conversationId' | 'subjectId'>,
  more: Readonly<Record<string, string | number>> = {},
): JournalEntry {
  return {
    ...{ kind: act, subjectId, resource: `conversation:${conversationId}` },
    ...{ fields: 'scheduledReply', commitment: null, detail: () => ({ replyId: id, ...more }) },
  };
}
