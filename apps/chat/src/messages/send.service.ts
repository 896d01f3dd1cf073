import type { AgentSent } from '@libs/contracts';
import type { JournalEntry } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';
import { ConsentBook, FIELD_CIPHER, type FieldCipher, groundRefused } from '@libs/privacy';
import { commitment, type FieldCode, type Ground } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { type Along, Naming } from '../mentions/naming.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { AlreadySent } from '../stream/stream.errors.js';
import type { SendItem } from '../stream/stream-items.js';
import { bodyRow, MESSAGE_BODY, NOTE_BODY } from './message-text.js';
import { StoredSends } from './stored-sends.js';

/** A send whose text, sender and rights were checked. */
export interface CheckedSend {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly subjectId: string;
  /** null = the visitor writes. */
  readonly authorId: string | null;
  readonly op: 'message' | 'note';
  readonly sender: string;
  readonly number: number;
  readonly text: string;
  /** Of a reply: refused where a colleague replied after this seq. */
  readonly seen?: number | undefined;
  /** Members whom a note names. */
  readonly memberIds?: readonly string[] | undefined;
  /** What goes along in its write set. */
  readonly along?: Along;
  /** The listener of the socket it came through, if any. */
  readonly origin?: object | undefined;
  readonly correlationId: string;
}

/** Called once, with the refusal or with the outcome. */
export type Sent = (error?: unknown, sent?: AgentSent) => void;

/** Puts a message or note into its conversation: seal, write set, commit. The same path for every door. */
@Injectable()
export class SendService {
  constructor(
    private readonly writes: ChatWrites,
    private readonly stored: StoredSends,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    private readonly consents: ConsentBook,
    private readonly naming: Naming,
  ) {}

  /** Stores the send and answers after the commit; a resend is answered with the stored result. */
  async send(checked: CheckedSend): Promise<AgentSent> {
    const send = await this.withNamed(checked);
    return new Promise((resolve, reject) => {
      this.enqueue(send, (error, sent) => (sent === undefined ? reject(error) : resolve(sent)));
    });
  }

  private async withNamed(send: CheckedSend): Promise<CheckedSend> {
    const { tenantId, authorId, memberIds } = send;
    if (memberIds === undefined || authorId === null) return send;
    const along = await this.naming.along(tenantId, authorId, memberIds);
    return along ? { ...send, along } : send;
  }

  /**
   * The same with a callback. With keys in memory, as nearly always, a message costs no promise at all: with the
   * context of async hooks each one is dear (docs/performance.md). `done` is called once; throws only before that.
   */
  enqueue(send: CheckedSend, done: Sent): void {
    const { tenantId, subjectId } = send;
    const ground = this.consents.groundNow(tenantId, 'support-conversation', codeOf(send), subjectId);
    if (ground && this.put(send, ground, done)) return;
    this.settle(send)
      .then((settled) => {
        if (!this.put(send, settled, done)) this.enqueue(send, done);
      })
      .catch(done);
  }

  /** False when the key is not in memory. */
  private put(send: CheckedSend, ground: Ground, done: Sent): boolean {
    if (!ground.allowed) throw groundRefused(ground);
    const item = this.sealNow(send);
    if (!item) return false;
    const { tenantId, authorId, subjectId, correlationId } = send;
    const { subjects, stream } = this.writes;
    const steps = [subjects.step({ subjectId }), stream.step(item)];
    const journal = [sendEntry(item)];
    if (send.along) {
      const more = send.along(item);
      steps.push(...more.steps);
      journal.push(...more.journal);
    }
    const write = { tenantId, authorId, subjectId, correlationId, steps, journal };
    this.writes.enqueue(write, (error) => {
      if (error === undefined) done(undefined, item.outcome!);
      else if (error instanceof AlreadySent) this.stored.find(send).then((sent) => done(undefined, sent), done);
      else done(error);
    });
    return true;
  }

  /** The sealed first message, which opens its conversation. Keys must be loaded. */
  sealFirst(send: CheckedSend, inboxId: string): SendItem {
    const item = this.sealNow(send);
    if (!item) throw new UnexpectedError('chat.keys-not-loaded', 'The keys of a new person were not loaded');
    return { ...item, open: { inboxId } };
  }

  /** A sealed send that goes along with other changes of one write set; refused like one that goes alone. */
  async sealed(send: CheckedSend): Promise<SendItem> {
    const ground = await this.settle(send);
    if (!ground.allowed) throw groundRefused(ground);
    return this.sealNow(send) ?? this.sealed(send);
  }

  /** Brings the key into memory, then answers what the person's decisions say: the one that may change comes last. */
  async settle(send: Pick<CheckedSend, 'tenantId' | 'subjectId' | 'op'>): Promise<Ground> {
    const { tenantId, subjectId } = send;
    await this.cipher.load(tenantId, [subjectId], 'content');
    const consents = await this.consents.settled(tenantId, [subjectId]);
    return consents.ground('support-conversation', codeOf(send), subjectId);
  }

  private sealNow(send: CheckedSend): SendItem | undefined {
    const { tenantId, subjectId, conversationId, authorId, sender, number, op, text, origin, seen } = send;
    const row = bodyRow(conversationId, sender, number);
    const body = this.cipher.sealNow(tenantId, subjectId, bodyOf(send), row, text, 'support-conversation');
    if (!body) return undefined;
    const item = { op, conversationId, subjectId, authorId, senderId: sender, sendNumber: number, body, text, origin };
    return seen === undefined ? item : { ...item, seenSeq: seen };
  }
}

function bodyOf({ op }: CheckedSend): typeof MESSAGE_BODY {
  return op === 'message' ? MESSAGE_BODY : NOTE_BODY;
}

function codeOf({ op }: Pick<CheckedSend, 'op'>): FieldCode {
  return op === 'message' ? 'chat.message' : 'chat.note';
}

/** The journal entry of a send; its numbers are filled in at the commit. */
export function sendEntry(item: SendItem): JournalEntry {
  return {
    kind: kindOf(item),
    subjectId: item.subjectId,
    resource: `conversation:${item.conversationId}`,
    fields: 'body',
    detail: () => ({ seq: item.outcome!.seq, revision: item.outcome!.revision }),
    commitment: commitment(item.body),
  };
}

function kindOf({ op, authorId }: SendItem): string {
  if (op === 'note') return 'chat.note-added.v1';
  return authorId === null ? 'chat.message-received.v1' : 'chat.message-sent.v1';
}
