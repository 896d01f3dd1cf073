import type { ConversationState } from '@libs/contracts';
import { type Placed, StepKind, type Tx, type WriteSet } from '@libs/database';
import { type AppError, type Clock, Lru } from '@libs/kernel';
import { loadReplies, overtaken, type Reply } from './replies.js';
import { AlreadySent, streamErrors } from './stream.errors.js';
import { countSenders, readConversations, readHead, readSender, refreshHead, type StreamHead } from './stream-head.js';
import { type StreamRows, writeRows } from './stream-rows.js';

/** A send of a visitor or an agent: a public message or an internal note. Its number comes with the commit. */
export interface SendItem {
  readonly op: 'message' | 'note';
  readonly conversationId: string;
  /** Subject of the conversation: the body is sealed under this person's key. */
  readonly subjectId: string;
  /** Member id; null = the visitor. */
  readonly authorId: string | null;
  readonly senderId: string;
  readonly sendNumber: number;
  readonly body: Buffer;
  /** Plain text for the emission from memory; never stored. */
  readonly text: string;
  /** The socket it came through: it hears of it by the acknowledgement. */
  readonly origin: object | undefined;
  /** Of a member: refused where a colleague replied after this. */
  readonly seenSeq?: number;
  /** Present with the first message: the conversation begins in this set. */
  readonly open?: { readonly inboxId: string };
  outcome?: StreamOutcome;
}

/** A change of state by a member; its number comes with the commit. */
export interface StateItem {
  readonly op: 'take' | 'resolve' | 'reopen';
  readonly conversationId: string;
  readonly memberId: string;
  outcome?: StreamOutcome;
}

/** Who has it becomes somebody else, or nobody: as long as it is still `from`. A resolved one stays resolved. */
export interface HandItem {
  readonly op: 'hand';
  readonly conversationId: string;
  /** null = nobody had it. */
  readonly from: string | null;
  readonly to: string | null;
  /** Member who arranges it. */
  readonly by: string;
  /** Only one that is not resolved. */
  readonly whileOpen?: true;
  outcome?: StreamOutcome;
}

export type StreamItem = SendItem | StateItem | HandItem;

type StateKind = 'taken' | 'resolved' | 'reopened' | 'assigned' | 'released';

/** What the committer gave: numbers and time. `seq` is null for what the visitor does not see. */
export interface StreamOutcome {
  readonly seq: number | null;
  readonly revision: number;
  readonly at: number;
}

/** One committed entry, in stream order, as the emitter gets it. */
export interface StreamEvent {
  readonly head: StreamHead;
  readonly kind: 'message' | 'note' | StateKind;
  readonly outcome: StreamOutcome;
  readonly authorId: string | null;
  readonly send?: SendItem;
  /** Whom a hand-over is about. */
  readonly memberId?: string;
}

interface StreamBatch extends StreamRows {
  readonly heads: Map<string, StreamHead>;
  /** Page loads of the last day per participant, where a new one asks. */
  readonly senderCounts: Map<string, number>;
  readonly events: StreamEvent[];
  /** Replies of members, of conversations in which somebody asks whether there are new ones. */
  readonly replies: Map<string, Reply[]>;
}

const DAY_MS = 24 * 3_600_000;
/** Page loads of one participant that may write into one conversation within a day. */
const MOST_SENDERS = 200;

/**
 * The stream of conversations: gives `seq` and `revision`, checks sender numbers, keeps take and resolve exact under
 * races (peers C7, C8). Locks conversations in ascending order; on SQLite the heads in memory are exact.
 */
export class StreamStep extends StepKind<StreamItem, StreamBatch> {
  readonly name = 'stream';
  readonly order = 20;
  private readonly heads = new Lru<string, StreamHead>(50_000);

  /** `onEvents` gets what was committed, in order, in the tick of the commit. */
  constructor(
    private readonly clock: Clock,
    private readonly exclusive: boolean,
    private readonly onEvents: (events: readonly StreamEvent[]) => void,
  ) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<StreamItem>[]): Promise<StreamBatch> {
    const batch: StreamBatch = {
      at: this.clock.now(),
      heads: new Map(),
      senderCounts: new Map(),
      opened: new Set(),
      changed: new Set(),
      joined: new Map(),
      newSenders: [],
      messages: [],
      changes: [],
      events: [],
      replies: new Map(),
    };
    const unknown = this.collect(batch, items);
    for (const tenantId of [...unknown.keys()].sort())
      await this.loadTenant(tx, batch, tenantId, unknown.get(tenantId)!);
    for (const { item, set } of items) {
      if (isSend(item)) {
        const loading = this.loadSender(tx, batch, item, set);
        if (loading) await loading;
        if (item.seenSeq !== undefined) await loadReplies(tx, batch, item);
      }
    }
    return batch;
  }

  decide(batch: StreamBatch, { item, set }: Placed<StreamItem>): AppError | undefined {
    const head = batch.heads.get(item.conversationId);
    if ('open' in item && item.open) return head || item.sendNumber !== 1 ? streamErrors.senderGap(1) : undefined;
    if (!head || head.tenantId !== set.tenantId) return streamErrors.notFound();
    switch (item.op) {
      case 'message':
      case 'note':
        return this.decideSend(batch, head, item);
      case 'take':
        if (head.state === 'resolved') return streamErrors.notOpen();
        return head.assigneeId === null ? undefined : streamErrors.alreadyTaken(head.assigneeId);
      case 'resolve':
        return head.state === 'resolved' ? streamErrors.notOpen() : undefined;
      case 'reopen':
        return head.state === 'resolved' ? undefined : streamErrors.notResolved();
      case 'hand':
        if (head.assigneeId !== item.from) return streamErrors.alreadyTaken(head.assigneeId);
        return item.whileOpen && head.state === 'resolved' ? streamErrors.notOpen() : undefined;
    }
  }

  apply(batch: StreamBatch, { item, set }: Placed<StreamItem>): void {
    if (isSend(item)) this.applySend(batch, item, set);
    else if (item.op === 'hand') this.applyHand(batch, item);
    else this.applyState(batch, item);
  }

  write(tx: Tx, batch: StreamBatch): Promise<void> {
    return writeRows(tx, batch);
  }

  override committed(batch: StreamBatch): void {
    for (const head of batch.opened) this.heads.set(head.conversationId, head);
    this.onEvents(batch.events);
  }

  override aborted(batch: StreamBatch): void {
    for (const conversationId of batch.heads.keys()) this.heads.delete(conversationId);
  }

  /** Forgets a conversation, e.g. after an erasure has changed its rows. */
  forget(conversationId: string): void {
    this.heads.delete(conversationId);
  }

  private collect(batch: StreamBatch, items: readonly Placed<StreamItem>[]): Map<string, Set<string>> {
    const unknown = new Map<string, Set<string>>();
    for (const { item, set } of items) {
      if ('open' in item && item.open) continue;
      const known = this.exclusive ? this.heads.peek(item.conversationId) : undefined;
      if (known) batch.heads.set(item.conversationId, known);
      else {
        const ids = unknown.get(set.tenantId);
        if (ids) ids.add(item.conversationId);
        else unknown.set(set.tenantId, new Set([item.conversationId]));
      }
    }
    return unknown;
  }

  private async loadTenant(tx: Tx, batch: StreamBatch, tenantId: string, ids: ReadonlySet<string>): Promise<void> {
    for (const row of await readConversations(tx, tenantId, [...ids])) {
      let head = this.heads.get(row.id);
      if (head) await refreshHead(tx, head, row);
      else {
        head = await readHead(tx, tenantId, row);
        this.heads.set(row.id, head);
      }
      batch.heads.set(row.id, head);
    }
  }

  private loadSender(tx: Tx, batch: StreamBatch, item: SendItem, set: WriteSet): Promise<void> | undefined {
    const head = batch.heads.get(item.conversationId);
    if (!head || head.tenantId !== set.tenantId || head.senders.has(item.senderId)) return undefined;
    return this.readUnknownSender(tx, batch, head, item);
  }

  private async readUnknownSender(tx: Tx, batch: StreamBatch, head: StreamHead, item: SendItem): Promise<void> {
    const mark = await readSender(tx, head, item.senderId);
    if (mark) {
      head.senders.set(item.senderId, mark);
      return;
    }
    const participant = participantOf(item);
    const key = `${head.conversationId} ${participant}`;
    if (!batch.senderCounts.has(key)) {
      batch.senderCounts.set(key, await countSenders(tx, head, participant, batch.at - DAY_MS));
    }
  }

  private decideSend(batch: StreamBatch, head: StreamHead, item: SendItem): AppError | undefined {
    const participant = participantOf(item);
    const mark = head.senders.get(item.senderId);
    if (!mark) {
      if (item.sendNumber !== 1) return streamErrors.senderGap(1);
      const count = batch.senderCounts.get(`${head.conversationId} ${participant}`) ?? 0;
      return count >= MOST_SENDERS ? streamErrors.tooManySenders() : overtaken(batch.replies, item);
    }
    if (mark.participant !== participant) return streamErrors.senderReused();
    if (item.sendNumber <= mark.lastNumber) return new AlreadySent();
    return item.sendNumber === mark.lastNumber + 1
      ? overtaken(batch.replies, item)
      : streamErrors.senderGap(mark.lastNumber + 1);
  }

  private applySend(batch: StreamBatch, item: SendItem, set: WriteSet): void {
    const head = batch.heads.get(item.conversationId) ?? this.openHead(batch, item, set);
    this.advanceSender(batch, head, item);
    const visible = item.op === 'message';
    if (visible && item.authorId === null && head.state === 'resolved') {
      this.change(batch, head, 'reopened', { state: stateWhenOpen(head), memberId: null });
    }
    if (visible) head.seq += 1;
    head.revision += 1;
    const outcome = { seq: visible ? head.seq : null, revision: head.revision, at: batch.at };
    item.outcome = outcome;
    const { authorId, senderId, sendNumber, body } = item;
    if (visible) {
      batch.messages.push([
        head.tenantId,
        head.conversationId,
        head.seq,
        head.revision,
        head.subjectId,
        authorId,
        senderId,
        sendNumber,
        body,
        batch.at,
      ]);
      if (authorId !== null) batch.replies.get(head.conversationId)?.push({ seq: head.seq, authorId });
    } else {
      batch.changes.push([
        head.tenantId,
        head.conversationId,
        head.revision,
        null,
        head.subjectId,
        'note',
        authorId,
        senderId,
        sendNumber,
        body,
        batch.at,
        null,
      ]);
    }
    batch.events.push({ head, kind: item.op, outcome, authorId, send: item });
  }

  private applyState(batch: StreamBatch, item: StateItem): void {
    const head = batch.heads.get(item.conversationId)!;
    const { memberId } = item;
    if (item.op === 'take') {
      head.assigneeId = memberId;
      this.join(batch, head, memberId);
      item.outcome = this.change(batch, head, 'taken', { state: 'open', memberId });
    } else if (item.op === 'resolve') {
      item.outcome = this.change(batch, head, 'resolved', { state: 'resolved', memberId });
    } else {
      item.outcome = this.change(batch, head, 'reopened', { state: stateWhenOpen(head), memberId });
    }
  }

  private applyHand(batch: StreamBatch, item: HandItem): void {
    const head = batch.heads.get(item.conversationId)!;
    const { from, to, by } = item;
    head.assigneeId = to;
    if (to !== null) this.join(batch, head, to);
    const state = head.state === 'resolved' ? 'resolved' : stateWhenOpen(head);
    item.outcome = this.change(batch, head, to === null ? 'released' : 'assigned', {
      ...{ state, memberId: by },
      about: to ?? from!,
    });
  }

  private openHead(batch: StreamBatch, item: SendItem, set: WriteSet): StreamHead {
    const head: StreamHead = {
      tenantId: set.tenantId,
      conversationId: item.conversationId,
      subjectId: item.subjectId,
      inboxId: item.open!.inboxId,
      state: 'queued',
      assigneeId: null,
      seq: 0,
      revision: 0,
      senders: new Map(),
    };
    batch.heads.set(item.conversationId, head);
    batch.opened.add(head);
    return head;
  }

  private advanceSender(batch: StreamBatch, head: StreamHead, item: SendItem): void {
    const mark = head.senders.get(item.senderId);
    if (mark) {
      mark.lastNumber = item.sendNumber;
      return;
    }
    const participant = participantOf(item);
    head.senders.set(item.senderId, { participant, lastNumber: item.sendNumber });
    const key = `${head.conversationId} ${participant}`;
    batch.senderCounts.set(key, (batch.senderCounts.get(key) ?? 0) + 1);
    const { seq: sinceSeq, revision: sinceRevision } = head;
    batch.newSenders.push({ head, senderId: item.senderId, participant, sinceSeq, sinceRevision });
    if (item.authorId !== null) this.join(batch, head, item.authorId);
  }

  private change(
    batch: StreamBatch,
    head: StreamHead,
    kind: StateKind,
    to: { state: ConversationState; memberId: string | null; about?: string },
  ): StreamOutcome {
    head.state = to.state;
    head.revision += 1;
    batch.changed.add(head);
    const outcome = { seq: null, revision: head.revision, at: batch.at };
    batch.changes.push([
      head.tenantId,
      head.conversationId,
      head.revision,
      null,
      head.subjectId,
      kind,
      to.memberId,
      null,
      null,
      null,
      batch.at,
      to.about ?? null,
    ]);
    const about = to.about === undefined ? {} : { memberId: to.about };
    batch.events.push({ head, kind, outcome, authorId: to.memberId, ...about });
    return outcome;
  }

  /** A member who took or wrote stays a participant: the scope "participated" reads it. */
  private join(batch: StreamBatch, head: StreamHead, memberId: string): void {
    batch.joined.set(`${head.conversationId} ${memberId}`, { head, participant: memberId });
  }
}

function isSend(item: StreamItem): item is SendItem {
  return item.op === 'message' || item.op === 'note';
}

function participantOf(item: SendItem): string {
  return item.authorId ?? 'visitor';
}

function stateWhenOpen(head: StreamHead): ConversationState {
  return head.assigneeId === null ? 'queued' : 'open';
}
