import type { Ack, AgentNote, AgentSend, AgentSent, Refused } from '@libs/contracts';

export type OutgoingKind = 'message' | 'note';

/** One thing written here that the stream may not show yet. */
export interface Outgoing {
  readonly key: number;
  readonly kind: OutgoingKind;
  readonly text: string;
  readonly at: number;
  /** waiting: not on the wire now; sent: committed, its item may still be on its way. */
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  readonly sender: string;
  /** Given with the first try and kept until an answer comes, so that a resend is harmless. */
  readonly number: number | null;
  readonly result: AgentSent | null;
  readonly code: string | null;
  /** Of a reply: how far its author had read when it was begun. */
  readonly seen: number | null;
  /** Colleagues whom a note names. */
  readonly memberIds: readonly string[];
  /** Once it is committed. */
  readonly after: (() => void) | null;
  /** Whose reply overtook it, and where that stands. */
  readonly overtakenBy: { readonly memberId: string; readonly seq: number } | null;
}

/** What goes along with something written. */
export interface Alongside {
  readonly seen?: number | undefined;
  readonly memberIds?: readonly string[];
  readonly after?: () => void;
}

/** What the queue needs from outside; a lost line or a missing answer rejects `send`. */
export interface OutgoingPorts {
  readonly conversationId: string;
  send(kind: OutgoingKind, packet: AgentSend | AgentNote): Promise<Ack<AgentSent>>;
  newSender(): string;
  now(): number;
  later(ms: number, run: () => void): void;
  changed(): void;
}

/** The server does not know this sender's numbers (any more): nothing of ours was taken, a new sender starts at 1. */
const SENDER_LOST = /^chat\.(sender-|number-)/;
const PASSING = /^(chat|http|kernel|database)\.(rate-limited|too-many|busy|overloaded|unavailable|timeout)/;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Sends in order, one at a time per conversation, numbered 1, 2, 3 without gaps per sender. A refused send consumes no
 * number; one without an answer keeps its number and is sent again, and the server answers it with the stored result.
 */
export class OutgoingQueue {
  private list: readonly Outgoing[] = [];
  private accepted = 0;
  private nextKey = 1;
  private onWire = false;
  private online = false;
  private tries = 0;
  private renewals = 0;

  constructor(
    private readonly ports: OutgoingPorts,
    private sender: string,
  ) {}

  get entries(): readonly Outgoing[] {
    return this.list;
  }

  /** True while something would be lost with this page. */
  get unsent(): boolean {
    return this.list.some((entry) => entry.state !== 'sent');
  }

  add(kind: OutgoingKind, text: string, { seen, memberIds = [], after }: Alongside = {}): void {
    const fresh = { key: this.nextKey++, kind, text, at: this.ports.now(), state: 'waiting' } as const;
    const untold = { number: null, result: null, code: null, overtakenBy: null } as const;
    const along = { seen: seen ?? null, memberIds, after: after ?? null };
    this.list = [...this.list, { ...fresh, ...untold, ...along, sender: this.sender }];
    this.ports.changed();
    this.pump();
  }

  /** A failed entry goes to the end of the queue, whatever a colleague replied: what was written after it may have been sent meanwhile. */
  retry(key: number): void {
    const entry = this.list.find((one) => one.key === key && one.state === 'failed');
    if (!entry) return;
    const again = { state: 'waiting', code: null, number: null, seen: null, overtakenBy: null } as const;
    this.list = [...this.list.filter((one) => one !== entry), { ...entry, ...again }];
    this.ports.changed();
    this.pump();
  }

  discard(key: number): void {
    this.list = this.list.filter((entry) => entry.key !== key || entry.state !== 'failed');
    this.ports.changed();
  }

  /** Nothing of it goes out any more. */
  clear(): void {
    this.list = [];
    this.ports.changed();
  }

  setOnline(online: boolean): void {
    this.online = online;
    if (online) this.tries = 0;
    this.pump();
  }

  /** Forgets committed entries whose item the stream shows. */
  settle(shows: (entry: Outgoing) => boolean): void {
    const kept = this.list.filter((entry) => entry.state !== 'sent' || !shows(entry));
    if (kept.length === this.list.length) return;
    this.list = kept;
    this.ports.changed();
  }

  private pump(): void {
    if (!this.online || this.onWire) return;
    const entry = this.list.find((one) => one.state === 'waiting');
    if (!entry) return;
    const number = entry.number ?? this.accepted + 1;
    const sending = this.update(entry.key, { state: 'sending', number, sender: this.sender });
    if (!sending) return;
    this.onWire = true;
    const packet = { conversationId: this.ports.conversationId, sender: this.sender, number, text: entry.text };
    this.ports.send(entry.kind, wholeOf(entry, packet)).then(
      (answer) => this.answered(entry.key, number, answer),
      () => this.unanswered(entry.key),
    );
  }

  private answered(key: number, number: number, answer: Ack<AgentSent>): void {
    this.onWire = false;
    if (answer.ok) {
      this.accepted = number;
      this.tries = 0;
      this.renewals = 0;
      const { revision, seq, at } = answer;
      const sent = this.update(key, { state: 'sent', result: { revision, seq, at } });
      sent?.after?.();
      this.pump();
    } else {
      this.refused(key, answer);
    }
  }

  private refused(key: number, { code, details }: Refused): void {
    if (SENDER_LOST.test(code) && this.renewals < 2) {
      this.renewals += 1;
      this.sender = this.ports.newSender();
      this.accepted = 0;
      this.update(key, { state: 'waiting', number: null });
      this.pump();
    } else if (PASSING.test(code) && this.tries < RETRY_MS.length) {
      this.unanswered(key, Number(details?.retryAfterMs ?? 0));
    } else {
      // Its number is free again: the next entry takes it.
      this.tries = 0;
      this.renewals = 0;
      const { memberId, seq } = details ?? {};
      const overtakenBy =
        typeof memberId === 'string' && typeof seq === 'number' ? { overtakenBy: { memberId, seq } } : {};
      this.update(key, { state: 'failed', number: null, code, ...overtakenBy });
      this.pump();
    }
  }

  private unanswered(key: number, atLeastMs = 0): void {
    this.onWire = false;
    this.update(key, { state: 'waiting' });
    const delay = Math.max(atLeastMs, RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)]!);
    this.tries += 1;
    this.ports.later(delay, () => this.pump());
  }

  private update(key: number, change: Partial<Outgoing>): Outgoing | undefined {
    this.list = this.list.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
    this.ports.changed();
    return this.list.find((entry) => entry.key === key);
  }
}

/** A note names whom it names; a reply says how far its author had read. */
function wholeOf({ kind, seen, memberIds }: Outgoing, packet: AgentSend): AgentSend | AgentNote {
  if (kind === 'note') return memberIds.length === 0 ? packet : { ...packet, memberIds };
  return seen === null ? packet : { ...packet, seen };
}
