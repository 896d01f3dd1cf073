import { type Placed, StepKind, type Tx, type WriteSet } from '@libs/database';
import { type AppError, type Clock, Lru } from '@libs/kernel';
import { isRouted } from '../routing/routing-rows.js';
import { loadReplies, overtaken } from './replies.js';
import { opOf } from './state-ops.js';
import { AlreadySent, streamErrors } from './stream.errors.js';
import { change, emptyBatch, join, type StreamBatch, stateWhenOpen, takeTurn } from './stream-batch.js';
import { countSenders, readConversations, readHead, readSender, refreshHead, type StreamHead } from './stream-head.js';
import type { SendItem, StreamEvent, StreamItem } from './stream-items.js';
import { writeRows } from './stream-rows.js';

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
    const batch = emptyBatch(this.clock.now());
    const unknown = this.collect(batch, items);
    for (const tenantId of [...unknown.keys()].sort())
      await this.loadTenant(tx, batch, tenantId, unknown.get(tenantId)!);
    for (const { item, set } of items) {
      if (isSend(item)) {
        const loading = this.loadSender(tx, batch, item, set);
        if (loading) await loading;
        if (item.seenSeq !== undefined) await loadReplies(tx, batch, item);
        if (item.authorId === null) {
          const reading = this.loadRouted(tx, batch, item);
          if (reading) await reading;
        }
      }
    }
    return batch;
  }

  decide(batch: StreamBatch, { item, set }: Placed<StreamItem>): AppError | undefined {
    const head = batch.heads.get(item.conversationId);
    if ('open' in item && item.open) return head || item.sendNumber !== 1 ? streamErrors.senderGap(1) : undefined;
    if (!head || head.tenantId !== set.tenantId) return streamErrors.notFound();
    return isSend(item) ? this.decideSend(batch, head, item) : opOf(item).refuse(head, item, batch.at);
  }

  apply(batch: StreamBatch, { item, set }: Placed<StreamItem>): void {
    if (isSend(item)) this.applySend(batch, item, set);
    else item.outcome = opOf(item).apply(batch, batch.heads.get(item.conversationId)!, item);
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

  /** Who comes back to a resolved conversation is routed anew where the machine gives; nothing is read for any other send. */
  private loadRouted(tx: Tx, batch: StreamBatch, item: SendItem): Promise<void> | undefined {
    const head = batch.heads.get(item.conversationId);
    if (head?.state !== 'resolved' || batch.routed.has(head.inboxId)) return undefined;
    return isRouted(tx, head.tenantId, head.inboxId).then((routed) => {
      if (routed) batch.routed.add(head.inboxId);
    });
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
    if (visible && item.authorId === null) this.comeBack(batch, head);
    if (visible) takeTurn(batch, head, item.authorId === null);
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
        null,
      ]);
    }
    batch.events.push({ head, kind: item.op, outcome, authorId, send: item });
  }

  /** A visitor who writes does not wait for what was put off or done. */
  private comeBack(batch: StreamBatch, head: StreamHead): void {
    const { state } = head;
    if (state !== 'resolved' && state !== 'snoozed') return;
    // The engine asks the former agent first, and gives only what fits (decision 0010).
    if (state === 'resolved' && batch.routed.has(head.inboxId)) head.assigneeId = null;
    change(batch, head, state === 'resolved' ? 'reopened' : 'woken', { state: stateWhenOpen(head), memberId: null });
  }

  private openHead(batch: StreamBatch, item: SendItem, set: WriteSet): StreamHead {
    const head: StreamHead = {
      tenantId: set.tenantId,
      conversationId: item.conversationId,
      subjectId: item.subjectId,
      inboxId: item.open!.inboxId,
      state: 'queued',
      assigneeId: null,
      snoozedUntil: null,
      waitingSince: null,
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
    if (item.authorId !== null) join(batch, head, item.authorId);
  }
}

function isSend(item: StreamItem): item is SendItem {
  return item.op === 'message' || item.op === 'note';
}

function participantOf(item: SendItem): string {
  return item.authorId ?? 'visitor';
}
