import type { DeliveryCursor, VisitorItem, VisitorSynced } from '@libs/contracts';
import type { Network } from './browser-ports.js';
import { CursorReporter, furthest } from './cursor-reporter.js';
import { type AgentPacket, FALL_BACK_AFTER, type Link, type LinkEvents } from './link.js';
import { Outbox } from './outbox.js';
import { remedyFor } from './refusals.js';
import { type ChatSnapshot, ownItem, shownMessages, unreadAfter } from './snapshot.js';
import { Stream } from './stream.js';
import type { Timers } from './timers.js';
import { TypingSign, TypingSignal } from './typing-signal.js';

const GAP_PATIENCE_MS = 150;
const SYNC_AGAIN_MS = 2_000;
const SYNC_PAGE = 200;
const PASS_AGAIN_MS = 5_000;

export interface ChatPorts {
  readonly timers: Timers;
  readonly newSender: () => string;
  readonly network: Network;
  readonly makeSocket: (events: LinkEvents) => Link;
  readonly makePolling: (events: LinkEvents, after: () => number) => Link;
  /** Whether the server answers plain HTTP. */
  readonly httpWorks: () => Promise<boolean>;
  readonly token: () => string | undefined;
  readonly slip: () => string | undefined;
  readonly keepToken: (token: string) => void;
  readonly renewPass: () => void;
  readonly changed: () => void;
  /** A message that was not there when this page caught up; from another tab of the visitor's it is not told. */
  readonly arrived: (from: VisitorItem['from']) => void;
  /** Consent is missing, superseded or no longer proven: show the notice. */
  readonly needConsent: (code: string) => void;
  /** What the visitor agreed to, or is asked for, may have changed. */
  readonly choicesChanged: () => void;
  /** This conversation cannot go on. */
  readonly over: (code: string) => void;
}

/** One visitor's conversation as this page load sees it. Knows no DOM and no storage. */
export class ChatClient {
  private readonly stream = new Stream();
  private readonly outbox: Outbox;
  private readonly sign: TypingSign;
  private readonly signal: TypingSignal;
  private readonly reporter: CursorReporter;
  private readonly socket: Link;
  private readonly polling: Link;
  private readonly keys = new Map<number, string>();
  private line: ChatSnapshot['line'] = 'connecting';
  private agent: AgentPacket | null = null;
  private place: number | null = null;
  private watched = false;
  private agentCursor: DeliveryCursor = { delivered: 0, read: 0 };
  private readUpTo = 0;
  private looking = false;
  private syncing: Promise<void> | undefined;
  private opened = false;
  /** Everything up to here is history or was told. */
  private told = Number.POSITIVE_INFINITY;
  private probing = false;
  private gapCheck: (() => void) | undefined;
  private passAskedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly ports: ChatPorts) {
    const { timers, network } = ports;
    this.outbox = new Outbox(ports.newSender(), this.outboxPorts(), timers);
    this.sign = new TypingSign(() => ports.changed(), timers);
    this.signal = new TypingSignal((typing) => this.current().typing({ typing }), timers);
    this.reporter = new CursorReporter((cursor) => this.tellCursor(cursor), timers);
    this.socket = ports.makeSocket(this.socketEvents());
    this.polling = ports.makePolling(this.pollingEvents(), () => this.stream.upTo);
    network.onBack(() => this.outbox.pump());
  }

  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.socket.open();
  }

  close(): void {
    this.opened = false;
    this.socket.close();
    this.polling.close();
    this.gapCheck?.();
    this.signal.stop();
    this.outbox.pause();
    this.setLine('connecting');
  }

  /** Connects anew with what the credentials say now. */
  reopen(): void {
    this.close();
    this.told = Number.POSITIVE_INFINITY;
    this.open();
  }

  send(text: string): void {
    this.signal.stop();
    this.outbox.add(text);
  }

  retry(key: string): void {
    this.outbox.retry(key);
  }

  remove(key: string): void {
    const entry = this.outbox.list.find((one) => one.key === key);
    this.outbox.pause();
    this.outbox.remove(key);
    if (entry?.inDoubt && this.ports.slip() && !this.ports.token()) {
      // The person may exist already under this slip; the next message starts over with a new one.
      this.outbox.restart(this.ports.newSender());
      if (this.outbox.waiting > 0) this.ports.needConsent('privacy.consent-required');
      return;
    }
    this.outbox.resume();
  }

  typed(): void {
    if (this.ports.token()) this.signal.key();
  }

  /** A new slip or token is there. */
  consentGiven(): void {
    this.open();
    this.outbox.resume();
  }

  /** The panel is in front of the visitor's eyes (or no longer is). */
  look(looking: boolean): void {
    this.looking = looking;
    this.noteProgress();
    this.ports.changed();
  }

  /** Read position of an earlier visit. */
  rememberRead(seq: number): void {
    this.readUpTo = Math.max(this.readUpTo, seq);
    this.noteProgress();
    this.ports.changed();
  }

  snapshot(): ChatSnapshot {
    const items = this.stream.items;
    return {
      messages: shownMessages(items, this.outbox.list, this.agentCursor, this.keys),
      line: this.line,
      agent: this.agent,
      agentTyping: this.sign.on,
      place: this.place,
      watched: this.watched,
      readUpTo: this.readUpTo,
      unread: unreadAfter(items, this.readUpTo),
    };
  }

  /** Resolves when everything the server holds now is here, or the line failed. */
  sync(): Promise<void> {
    this.syncing ??= this.readPages().finally(() => {
      this.syncing = undefined;
      // The page may have been read before the number that is missing.
      if (this.stream.hasGap) this.scheduleSync(SYNC_AGAIN_MS);
    });
    return this.syncing;
  }

  private current(): Link {
    return this.line === 'fallback' ? this.polling : this.socket;
  }

  private ready(): boolean {
    return this.line === 'up' || this.line === 'fallback';
  }

  private outboxPorts(): ConstructorParameters<typeof Outbox>[1] {
    const { ports } = this;
    return {
      deliver: (packet) => this.current().send(packet),
      // With neither token nor slip nothing can be accepted: wait for the visitor's answer to the notice.
      ready: () => ports.network.has() && this.ready() && Boolean(ports.token() ?? ports.slip()),
      slip: () => (this.ports.token() ? undefined : this.ports.slip()),
      changed: () => this.ports.changed(),
      accepted: (entry, answer) => {
        if (answer.token) this.ports.keepToken(answer.token);
        this.keys.set(answer.seq, entry.key);
        ports.arrived('visitor');
        this.take(ownItem(entry, answer, this.outbox.senderId));
      },
      trouble: (remedy, code) => {
        if (remedy === 'consent') this.ports.needConsent(code);
        else if (remedy === 'over') this.over(code);
        else if (remedy === 'pass') this.renewPass();
        else void this.settleNumbers(code);
      },
    };
  }

  private async settleNumbers(code: string): Promise<void> {
    await this.syncing;
    await this.sync();
    this.outbox.settleNumbers(code, this.ports.newSender);
    this.outbox.resume();
  }

  /** A server that refuses fresh passes as well must not make us ask without end. */
  private renewPass(): void {
    const { timers } = this.ports;
    const wait = this.passAskedAt + PASS_AGAIN_MS - timers.now();
    this.close();
    if (wait > 0) this.setLine('down');
    timers.after(Math.max(wait, 0), () => {
      this.passAskedAt = timers.now();
      this.ports.renewPass();
      this.open();
    });
  }

  private over(code: string): void {
    this.close();
    this.ports.over(code);
  }

  private socketEvents(): LinkEvents {
    return {
      ...this.packetEvents(),
      up: () => {
        this.polling.close();
        this.setLine('up');
        void this.catchUp();
      },
      down: () => {
        if (this.line === 'up') this.setLine('down');
      },
      unreachable: (attempts) => {
        if (this.line !== 'fallback' && attempts > 1) this.setLine('down');
        if (attempts >= FALL_BACK_AFTER && this.line !== 'fallback') void this.tryPolling();
      },
      refused: (code) => this.refused(code),
    };
  }

  private pollingEvents(): LinkEvents {
    return {
      ...this.packetEvents(),
      up: () => {
        if (!this.opened || this.line === 'up') return;
        this.setLine('fallback');
        void this.catchUp();
      },
      down: () => {
        if (this.line === 'fallback') this.setLine('down');
      },
      unreachable: () => undefined,
      refused: (code) => this.refused(code),
    };
  }

  private packetEvents(): Omit<LinkEvents, 'up' | 'down' | 'unreachable' | 'refused'> {
    return {
      item: (item) => {
        if (item.from === 'agent') this.sign.set(false);
        this.take(item);
      },
      page: (page) => this.takePage(page),
      typing: (packet) => this.sign.set(packet.typing),
      cursor: (cursor) => {
        this.agentCursor = furthest(this.agentCursor, cursor);
        this.ports.changed();
      },
      agent: (packet) => {
        this.agent = packet;
        if (packet.state !== 'queued') this.place = null;
        this.ports.changed();
      },
      queue: ({ place }) => {
        this.place = place;
        this.ports.changed();
      },
      watched: ({ on }) => {
        this.watched = on;
        this.ports.changed();
      },
      choices: () => this.ports.choicesChanged(),
    };
  }

  private refused(code: string): void {
    const remedy = remedyFor(code);
    if (remedy === 'pass') this.renewPass();
    else if (remedy === 'over') this.over(code);
    else if (remedy === 'consent') this.ports.needConsent(code);
    else this.setLine('down');
  }

  private async tryPolling(): Promise<void> {
    if (this.probing) return;
    this.probing = true;
    const works = await this.ports.httpWorks().catch(() => false);
    this.probing = false;
    if (works && this.opened && !this.ready()) this.polling.open();
  }

  private async catchUp(): Promise<void> {
    this.reporter.repeat();
    if (this.ports.token()) await this.sync();
    else this.heardAll();
    if (this.ready()) this.outbox.resume();
  }

  private async readPages(): Promise<void> {
    let more = true;
    while (more && this.ready()) {
      const after = this.stream.upTo;
      const answer = await this.current()
        .sync({ after, limit: SYNC_PAGE })
        .catch(() => undefined);
      if (!answer) {
        this.scheduleSync(SYNC_AGAIN_MS);
        return;
      }
      if (!answer.ok) {
        const { code, details } = answer;
        // A passing trouble of the server is none of the line: nothing else would ask again, or send.
        if (remedyFor(code) === 'again') this.scheduleSync(Math.max(SYNC_AGAIN_MS, Number(details?.retryAfterMs) || 0));
        else this.refused(code);
        return;
      }
      this.takePage(answer);
      more = answer.more && this.stream.upTo > after;
    }
    if (!more) this.heardAll();
  }

  private heardAll(): void {
    this.told = Math.min(this.told, this.stream.upTo);
  }

  private take(item: VisitorItem): void {
    this.stream.receive(item);
    if (this.stream.hasGap) this.scheduleSync(GAP_PATIENCE_MS);
    this.recognise([item]);
  }

  private takePage(page: VisitorSynced): void {
    this.stream.page(page.items, page.upTo);
    this.agentCursor = furthest(this.agentCursor, page.agentCursor);
    this.recognise(page.items);
  }

  /** Finds my own messages among what came, also when their acknowledgement was lost. */
  private recognise(items: readonly VisitorItem[]): void {
    for (const item of items) {
      if (item.sender !== this.outbox.senderId || item.number === undefined) continue;
      const entry = this.outbox.list.find((one) => one.number === item.number && one.text === item.text);
      if (entry) this.keys.set(item.seq, entry.key);
      this.outbox.confirm(item.number, item.text, item.seq);
    }
    this.outbox.forget((seq) => this.stream.has(seq));
    this.tell();
    this.noteProgress();
    this.ports.changed();
  }

  private tell(): void {
    const fresh = this.stream.items.filter(({ seq, from }) => from === 'agent' && seq > this.told);
    if (this.told < this.stream.upTo) this.told = this.stream.upTo;
    for (const { from } of fresh) this.ports.arrived(from);
  }

  private noteProgress(): void {
    if (this.looking) this.readUpTo = Math.max(this.readUpTo, this.stream.upTo);
    this.reporter.set({ delivered: this.stream.upTo, read: Math.min(this.readUpTo, this.stream.upTo) });
  }

  private scheduleSync(ms: number): void {
    if (this.gapCheck) return;
    this.gapCheck = this.ports.timers.after(ms, () => {
      this.gapCheck = undefined;
      if (this.ready() && this.ports.token()) void this.sync();
    });
  }

  private tellCursor(cursor: DeliveryCursor): boolean {
    if (!this.ready() || !this.ports.token()) return false;
    this.current().cursor(cursor);
    return true;
  }

  private setLine(line: ChatSnapshot['line']): void {
    if (this.line === line) return;
    this.line = line;
    if (line === 'down') this.sign.set(false);
    this.ports.changed();
  }
}
