import type { Ack, VisitorSend, VisitorSent } from '@libs/contracts';
import { type Remedy, remedyFor } from './refusals.js';
import type { Timers } from './timers.js';

export const MAX_TRIES = 5;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15_000;

export interface OutboxEntry {
  /** Stays the same from the key press to the server's copy, so that the screen does not redraw it. */
  readonly key: string;
  readonly text: string;
  readonly at: number;
  readonly state: 'waiting' | 'failed' | 'accepted';
  readonly tries: number;
  /** Number of the last attempt; another attempt may carry another one. */
  readonly number?: number;
  /** Of an accepted one: where it stands in the stream. */
  readonly seq?: number;
  /** Why it failed; absent when nobody answered. */
  readonly code?: string;
  /** An attempt stayed without an answer: the server may have it. */
  readonly inDoubt?: boolean;
}

export interface OutboxPorts {
  /** Rejects when nobody can know whether the packet was stored. */
  deliver(packet: VisitorSend): Promise<Ack<VisitorSent>>;
  ready(): boolean;
  slip(): string | undefined;
  accepted(entry: OutboxEntry, answer: VisitorSent): void;
  changed(): void;
  /** The numbers are in doubt, or consent, pass or token is. The outbox pauses until `resume`. */
  trouble(remedy: Exclude<Remedy, 'message' | 'again'>, code: string): void;
}

/**
 * The visitor's own messages until the server has them. A number is given only at the moment of sending and only the
 * server's yes consumes it, so numbers have no gap: what follows a refused message takes over its number. One packet is
 * in flight at a time. An attempt without an answer may have been stored; its number is therefore offered to the next
 * message too, and the server's `chat.sender-reused` tells us when it was taken.
 */
export class Outbox {
  private entries: readonly OutboxEntry[] = [];
  private next = 1;
  private made = 0;
  private inFlight: string | undefined;
  private paused = false;
  private cancelDelay: (() => void) | undefined;

  constructor(
    private sender: string,
    private readonly ports: OutboxPorts,
    private readonly timers: Timers,
  ) {}

  get list(): readonly OutboxEntry[] {
    return this.entries;
  }

  get senderId(): string {
    return this.sender;
  }

  get waiting(): number {
    return this.entries.filter((entry) => entry.state === 'waiting').length;
  }

  add(text: string): void {
    this.made += 1;
    const entry: OutboxEntry = { key: `o${this.made}`, text, at: this.timers.now(), state: 'waiting', tries: 0 };
    this.replace([...this.entries, entry]);
    this.pump();
  }

  retry(key: string): void {
    this.update(key, { state: 'waiting', tries: 0 });
    this.pump();
  }

  remove(key: string): void {
    this.replace(this.entries.filter((entry) => entry.key !== key || entry.state !== 'failed'));
    this.pump();
  }

  pause(): void {
    this.paused = true;
    this.cancelDelay?.();
    this.cancelDelay = undefined;
  }

  /** Called when the line is up and synced, or the trouble is over. Cuts a running back-off short. */
  resume(): void {
    this.paused = false;
    this.cancelDelay?.();
    this.cancelDelay = undefined;
    this.pump();
  }

  /** The stream shows that the server has number `number` of this sender, with this text. */
  confirm(number: number, text: string, seq: number): void {
    if (number < this.next) return;
    this.next = number + 1;
    const entry = this.entries.find((one) => one.number === number && one.text === text && one.state !== 'accepted');
    if (entry) this.update(entry.key, { state: 'accepted', seq });
  }

  /** Entries the stream shows by now are no longer ours to show. */
  forget(isShown: (seq: number) => boolean): void {
    const kept = this.entries.filter((entry) => entry.seq === undefined || !isShown(entry.seq));
    if (kept.length !== this.entries.length) this.replace(kept);
  }

  /** After the sync that followed a refused number: if the stream did not show why, go on with a number that is free. */
  settleNumbers(code: string, freshSender: () => string): void {
    const tried = this.entries.find((entry) => entry.state === 'waiting')?.number ?? 0;
    if (this.next > tried) return;
    if (code === 'chat.sender-reused') this.next = tried + 1;
    else this.restart(freshSender());
  }

  /** From now on under another sender id, numbers from 1. Only for packets that were certainly not stored. */
  restart(sender: string): void {
    this.sender = sender;
    this.next = 1;
    this.replace(this.entries.map(({ number: _, ...entry }) => entry));
  }

  pump(): void {
    if (this.inFlight || this.paused || this.cancelDelay || !this.ports.ready()) return;
    const entry = this.entries.find((one) => one.state === 'waiting');
    if (!entry || this.firstIsInDoubt(entry)) return;
    const slip = this.ports.slip();
    const packet: VisitorSend = { sender: this.sender, number: this.next, text: entry.text, ...(slip ? { slip } : {}) };
    this.inFlight = entry.key;
    this.update(entry.key, { number: this.next, tries: entry.tries + 1 });
    this.ports.deliver(packet).then(
      (answer) => this.settle(entry.key, packet, answer),
      () => this.settle(entry.key, packet, undefined),
    );
  }

  /**
   * With a slip in use the person may or may not exist yet. Another text under the same slip would be refused without
   * a token to sync with, so an unanswered first message holds the others back until it is retried or deleted.
   */
  private firstIsInDoubt(entry: OutboxEntry): boolean {
    if (!this.ports.slip() || this.next > 1) return false;
    return this.entries.some((one) => one.key !== entry.key && one.state === 'failed' && one.inDoubt === true);
  }

  private settle(key: string, packet: VisitorSend, answer: Ack<VisitorSent> | undefined): void {
    this.inFlight = undefined;
    const stale = packet.sender !== this.sender;
    const entry = this.entries.find((one) => one.key === key);
    if (answer?.ok && entry) {
      if (!stale) this.next = Math.max(this.next, packet.number + 1);
      this.update(key, { state: 'accepted', number: packet.number, seq: answer.seq, at: answer.at });
      this.ports.accepted({ ...entry, number: packet.number }, answer);
    } else if (entry?.state === 'waiting' && !stale) {
      this.refuse(entry, answer);
    }
    this.pump();
  }

  private refuse(entry: OutboxEntry, answer: Ack<VisitorSent> | undefined): void {
    if (!answer) this.update(entry.key, { inDoubt: true });
    const code = answer && !answer.ok ? answer.code : undefined;
    const remedy = code === undefined ? 'again' : remedyFor(code);
    if (remedy === 'message') {
      this.update(entry.key, { state: 'failed', ...(code ? { code } : {}) });
      return;
    }
    if (remedy === 'again') {
      this.again(entry, code, answer && !answer.ok ? answer.details?.retryAfterMs : undefined);
      return;
    }
    if (entry.tries >= MAX_TRIES) {
      this.update(entry.key, { state: 'failed', code: code as string });
      return;
    }
    this.pause();
    this.ports.trouble(remedy, code as string);
  }

  private again(entry: OutboxEntry, code: string | undefined, wait: unknown): void {
    if (entry.tries >= MAX_TRIES) {
      this.update(entry.key, { state: 'failed', ...(code ? { code } : {}) });
      return;
    }
    const doubled = Math.min(FIRST_DELAY_MS * 2 ** (entry.tries - 1), LONGEST_DELAY_MS);
    this.cancelDelay = this.timers.after(typeof wait === 'number' ? Math.max(wait, 100) : doubled, () => {
      this.cancelDelay = undefined;
      this.pump();
    });
  }

  private update(key: string, change: Partial<OutboxEntry>): void {
    this.replace(
      this.entries.map((entry) => {
        if (entry.key !== key) return entry;
        const { code: _, ...rest } = entry;
        return { ...rest, ...change };
      }),
    );
  }

  private replace(entries: readonly OutboxEntry[]): void {
    this.entries = entries;
    this.ports.changed();
  }
}
