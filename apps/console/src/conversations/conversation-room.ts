import type { ApiClient } from '@libs/api-client';
import type { AgentItem, DeliveryCursor, NamedMember, WithheldBecause } from '@libs/contracts';
import type { AgentLine } from '../live/agent-line.js';
import { Observable } from '../live/observable.js';
import { closed, isWithheld } from './conversation-access.js';
import { DraftKeeper, type DraftPorts } from './draft-keeper.js';
import { ItemStream } from './item-stream.js';
import { firstUnread } from './log-layout.js';
import { type Alongside, type Outgoing, type OutgoingKind, OutgoingQueue } from './outgoing-queue.js';

/** What was written and not sent; never put on the device, because it may hold anything about a person. */
export interface Draft {
  readonly mode: OutgoingKind;
  readonly message: string;
  readonly note: string;
}

/** What a screen shows of one conversation; replaced as a whole with every change. */
export interface RoomSnapshot {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  readonly error: unknown;
  readonly items: readonly AgentItem[];
  readonly outgoing: readonly Outgoing[];
  readonly hasEarlier: boolean;
  readonly loadingEarlier: boolean;
  readonly unreadFrom: number | null;
  readonly visitor: DeliveryCursor;
  /** The visitor writes. */
  readonly visitorTypes: boolean;
  /** Name of the colleague who writes a reply; empty where it is not known. */
  readonly replying: string | null;
  /** Colleagues who have it open as well. */
  readonly viewers: readonly NamedMember[];
}

export interface RoomPorts {
  readonly api: Pick<ApiClient, 'items'>;
  readonly drafts: DraftPorts['drafts'];
  readonly line: AgentLine;
  newSender(): string;
}

const NO_CURSOR: DeliveryCursor = { delivered: 0, read: 0 };
const EMPTY: RoomSnapshot = {
  status: 'idle',
  error: null,
  items: [],
  outgoing: [],
  hasEarlier: false,
  loadingEarlier: false,
  unreadFrom: null,
  visitor: NO_CURSOR,
  visitorTypes: false,
  replying: null,
  viewers: [],
};
const ALONE = { visitorTypes: false, replying: null, viewers: [] } as const;
const PAGE = 50;
const CURSOR_MS = 1_000;
const TYPING_SHOWN_MS = 6_000;
/** A reading that was refused or not answered is tried again after this, then after twice that, and so on. */
const AGAIN_MS = 2_000;
const MOST_VAIN = 6;

/** One conversation of this page: its stream, what goes out, drafts, cursors. Outlives its screen. */
export class ConversationRoom {
  readonly snapshot = new Observable<RoomSnapshot>(EMPTY);
  readonly draft = new Observable<Draft>({ mode: 'message', message: '', note: '' });
  readonly keeper: DraftKeeper;
  private stream = new ItemStream();
  private readonly queue: OutgoingQueue;
  private watched = false;
  private syncing = false;
  private syncAgain = false;
  /** Readings in a row that brought nothing. */
  private vain = 0;
  private syncTimer: ReturnType<typeof setTimeout> | undefined;
  private told: DeliveryCursor = NO_CURSOR;
  private seen = 0;
  private cursorTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  /** How far the conversation was read when the reply in the box was begun. */
  private begunAt: number | undefined;

  constructor(
    readonly id: string,
    private readonly ports: RoomPorts,
    sender: string,
  ) {
    const { line } = ports;
    this.queue = new OutgoingQueue(
      {
        conversationId: id,
        send: (kind, packet) => line.send(kind, packet),
        newSender: ports.newSender,
        now: () => Date.now(),
        later: (ms, run) => setTimeout(run, ms),
        changed: () => this.show({ outgoing: this.queue.entries }),
      },
      sender,
    );
    this.queue.setOnline(line.online);
    this.keeper = new DraftKeeper(id, {
      drafts: ports.drafts,
      read: () => this.draft.get(),
      write: (texts) => {
        this.draft.set({ ...this.draft.get(), ...texts });
        this.begunAt = texts.message === '' ? undefined : this.read;
      },
    });
  }

  get unsent(): boolean {
    return this.queue.unsent || this.draft.get().message !== '' || this.draft.get().note !== '';
  }

  get readSeq(): number {
    return this.seen;
  }

  /** Its screen is open: load once, then follow. */
  async enter(unread: number): Promise<void> {
    this.watched = true;
    void this.keeper.restore();
    const { status } = this.snapshot.get();
    if (status === 'loading') return;
    if (status !== 'ready') await this.load(unread);
    else this.show({ unreadFrom: firstUnread(this.stream.items, unread) });
    await this.follow();
  }

  leave(): void {
    this.watched = false;
    this.ports.line.unwatch(this.id);
    this.show(ALONE);
    this.keeper.flush();
  }

  lineChanged(online: boolean): void {
    this.queue.setOnline(online);
    if (online) this.keeper.flush();
    if (!online) this.show(ALONE);
    else if (this.watched) void this.follow();
    else this.forget();
  }

  /** What the person allows has changed: text goes at once, and is fetched again once it may be. */
  accessChanged(withheld: WithheldBecause | null): void {
    if (withheld !== null) {
      this.stream.withhold(withheld);
      this.showStream();
    } else if (this.watched) void this.readAgain();
  }

  /** Its person was erased: what was read goes, and what was written is not sent any more. */
  erase(): void {
    this.keeper.stop();
    this.leave();
    this.queue.clear();
    this.draft.set({ mode: 'message', message: '', note: '' });
    this.forget();
  }

  /** Nobody looks at it, and nobody said meanwhile whether it may still be read. */
  private forget(): void {
    this.stream = new ItemStream();
    const { items, hasEarlier, unreadFrom, status } = EMPTY;
    this.show({ items, hasEarlier, unreadFrom, status });
  }

  async loadEarlier(): Promise<void> {
    const before = this.stream.oldest;
    const { loadingEarlier, hasEarlier } = this.snapshot.get();
    if (loadingEarlier || !hasEarlier || before === undefined) return;
    this.show({ loadingEarlier: true });
    try {
      const page = await this.ports.api.items(this.id, { before, limit: PAGE });
      this.stream.prepend(closed.items(page.items));
      this.showStream({ hasEarlier: page.more, loadingEarlier: false });
    } catch {
      // Stays where it is; scrolling up again asks again.
      this.show({ loadingEarlier: false });
    }
  }

  receive(item: AgentItem): void {
    const outcome = this.stream.accept(closed.item(item));
    if (item.author.kind === 'visitor') this.show({ visitorTypes: false });
    this.showStream();
    if (outcome === 'gap' && this.snapshot.get().status === 'ready') void this.sync();
  }

  visitorCursor(cursor: DeliveryCursor): void {
    const { visitor } = this.snapshot.get();
    const next = {
      delivered: Math.max(visitor.delivered, cursor.delivered, cursor.read),
      read: Math.max(visitor.read, cursor.read),
    };
    if (next.delivered !== visitor.delivered || next.read !== visitor.read) this.show({ visitor: next });
  }

  /** Without a name it is the visitor. */
  otherTyping(typing: boolean, name: string | null): void {
    const which = name === null ? 'visitor' : 'colleague';
    const say = (on: boolean) => this.show(name === null ? { visitorTypes: on } : { replying: on ? name : null });
    clearTimeout(this.typingTimers.get(which));
    say(typing);
    if (typing)
      this.typingTimers.set(
        which,
        setTimeout(() => say(false), TYPING_SHOWN_MS),
      );
  }

  othersLook(viewers: readonly NamedMember[]): void {
    if (this.watched) this.show({ viewers });
  }

  write(kind: OutgoingKind, text: string): void {
    const draft = this.draft.get();
    if (kind === 'message' && (draft.message === '' || text === '')) this.begunAt = text === '' ? undefined : this.read;
    this.draft.set({ ...draft, [kind]: text });
    this.keeper.changed();
  }

  /** What was read of it so far; unknown while it is not loaded. */
  private get read(): number | undefined {
    return this.snapshot.get().status === 'ready' ? this.stream.newestSeq : undefined;
  }

  /** A reply is held where a colleague replied since it was begun. */
  send(kind: OutgoingKind, text: string, along: Omit<Alongside, 'seen'> = {}): void {
    this.show({ unreadFrom: null });
    this.queue.add(kind, text, { ...along, seen: kind === 'message' ? (this.begunAt ?? this.read) : undefined });
    this.write(kind, '');
  }

  retry(key: number): void {
    this.queue.retry(key);
  }

  discard(key: number): void {
    this.queue.discard(key);
  }

  /** Everything shown has been read; said at most once a second. */
  markRead(): void {
    if (document.visibilityState === 'visible') this.seen = this.stream.newestSeq;
    if (this.cursorTimer !== undefined) return;
    this.tellCursor();
    this.cursorTimer = setTimeout(() => {
      this.cursorTimer = undefined;
      if (this.watched) this.tellCursor();
    }, CURSOR_MS);
  }

  private tellCursor(): void {
    const seq = this.stream.newestSeq;
    if (seq <= this.told.read || !this.ports.line.online || document.visibilityState !== 'visible') return;
    this.told = { delivered: seq, read: seq };
    this.ports.line.cursor(this.id, this.told);
  }

  private async load(unread: number): Promise<void> {
    this.show({ status: 'loading', error: null });
    try {
      const page = await this.ports.api.items(this.id, { limit: PAGE });
      this.stream.start(closed.items(page.items));
      const unreadFrom = firstUnread(page.items, unread);
      this.showStream({ status: 'ready', hasEarlier: page.more, unreadFrom });
      // A draft of another device was there before what it answers was loaded.
      if (this.draft.get().message !== '') this.begunAt ??= this.read;
    } catch (error) {
      this.show({ status: 'failed', error });
    }
  }

  private async startOver(): Promise<void> {
    this.forget();
    if (this.watched) await this.load(0);
  }

  private async follow(): Promise<void> {
    if (!this.ports.line.online || this.snapshot.get().status !== 'ready') return;
    this.vain = 0;
    if (this.watched) await this.ports.line.watch(this.id).catch(() => undefined);
    await this.readAgain();
    await this.sync();
  }

  /** Reads what is withheld once more, by the line that said it may be read: other doors may hear of it later. */
  private async readAgain(): Promise<void> {
    const { stream } = this;
    const first = stream.items.find(isWithheld);
    let after = (first?.revision ?? 0) - 1;
    try {
      for (let more = first !== undefined; more; ) {
        const answer = await this.ports.line.sync(this.id, after);
        if (!answer.ok) return;
        stream.prepend(closed.items(answer.items));
        after = answer.upTo;
        more = answer.more && after < stream.upTo;
      }
    } catch {
      // The line is gone; it is read when it is back.
    }
    if (first !== undefined) this.showStream();
  }

  /** Everything after what is held, page by page; a wish that comes meanwhile is done afterwards. */
  private async sync(): Promise<void> {
    this.syncAgain = this.syncing;
    if (this.syncing) return;
    this.syncing = true;
    try {
      for (let more = true; more; ) {
        const answer = await this.ports.line.sync(this.id, this.stream.upTo);
        if (!answer.ok) {
          // Further than the conversation goes: what is held is of data that are gone, and is read anew.
          if (answer.code === 'chat.cursor-invalid') await this.startOver();
          else this.syncLater();
          break;
        }
        this.vain = 0;
        const before = this.stream.upTo;
        const outcome = this.stream.close(closed.items(answer.items), answer.upTo);
        this.visitorCursor(answer.visitorCursor);
        this.showStream();
        more = answer.more || (outcome === 'gap' && this.stream.upTo > before);
      }
    } catch {
      // Where the line is gone it asks again when it is back.
      this.syncLater();
    }
    this.syncing = false;
    if (this.syncAgain) await this.sync();
  }

  /** A server that cannot be read from now is asked again, ever later, while the conversation is on screen. */
  private syncLater(): void {
    if (this.vain === MOST_VAIN) return;
    clearTimeout(this.syncTimer);
    this.syncTimer = setTimeout(
      () => this.watched && this.ports.line.online && void this.sync(),
      AGAIN_MS << this.vain,
    );
    this.vain += 1;
  }

  private showStream(change: Partial<RoomSnapshot> = {}): void {
    this.show({ ...change, items: this.stream.items });
    this.queue.settle((entry) =>
      this.stream.items.some(
        (item) => 'number' in item && item.number === entry.number && item.sender === entry.sender,
      ),
    );
  }

  private show(change: Partial<RoomSnapshot>): void {
    this.snapshot.set({ ...this.snapshot.get(), ...change });
  }
}
