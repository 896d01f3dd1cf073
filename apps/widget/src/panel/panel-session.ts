import type { InboxSettings, Notice } from '@libs/contracts';
import type { Locale } from '../bridge/bridge-messages.js';
import { Embedding } from './embedding.js';
import { agree, fetchSettings, httpWorks } from './inbox-api.js';
import { ChatClient } from './transport/chat-client.js';
import { PollingLink } from './transport/polling-link.js';
import { newSenderId } from './transport/sender-id.js';
import type { ChatSnapshot } from './transport/snapshot.js';
import { SocketLink } from './transport/socket-link.js';
import { browserTimers } from './transport/timers.js';
import { type Visit, VisitStore } from './visit-store.js';

export type Screen = 'loading' | 'notice' | 'refused' | 'conversation' | 'ended';

export interface PanelState {
  readonly screen: Screen;
  readonly locale: Locale;
  readonly settings: InboxSettings | undefined;
  readonly chat: ChatSnapshot;
  /** The stable code behind the notice or the end, where there is one. */
  readonly code: string | undefined;
  readonly busy: boolean;
  readonly unanswered: boolean;
  readonly storageRefused: boolean;
  readonly agreedVersion: number | undefined;
  /** A refused text taken back for editing. */
  readonly draft: string | undefined;
  /** Grows each time the panel comes before the visitor's eyes: focus goes to the heading. */
  readonly shownTimes: number;
}

/** Everything one page load of the panel knows; views only show it. In memory until the first message. */
export class PanelSession {
  private readonly listeners = new Set<() => void>();
  private readonly store: VisitStore;
  private readonly embedding: Embedding;
  private client: ChatClient;
  private token: string | undefined;
  private slip: string | undefined;
  private savedRead = 0;
  private shown = false;
  private unread = -1;
  private current: PanelState;

  constructor(private readonly inbox: string) {
    this.store = new VisitStore(inbox);
    this.client = this.makeClient();
    this.current = {
      screen: 'loading',
      locale: 'zh-CN',
      settings: undefined,
      chat: this.client.snapshot(),
      code: undefined,
      busy: false,
      unanswered: false,
      storageRefused: false,
      agreedVersion: undefined,
      draft: undefined,
      shownTimes: 0,
    };
    this.embedding = new Embedding({
      hello: (locale) => void this.begin(locale),
      shown: () => this.look(true),
      hidden: () => this.look(false),
    });
    document.addEventListener('visibilitychange', () => this.noteLooking());
    this.store.onChange(() => this.adoptVisit());
  }

  get state(): PanelState {
    return this.current;
  }

  get chat(): ChatClient {
    return this.client;
  }

  /** Agreed just now and has not written yet. */
  get isNew(): boolean {
    return this.slip !== undefined;
  }

  get notice(): Notice | undefined {
    const { settings, locale } = this.current;
    return settings?.notice[locale] ?? Object.values(settings?.notice ?? {})[0];
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.embedding.report({ kind: 'close' });
  }

  decline(): void {
    this.set({ screen: 'refused', code: undefined, unanswered: false });
  }

  async agree(): Promise<void> {
    const notice = this.notice;
    if (!notice || this.current.busy) return;
    this.set({ busy: true, unanswered: false });
    try {
      const pass = await this.embedding.currentPass();
      const { locale } = this.current;
      const answer = await agree({ inbox: this.inbox, pass, noticeHash: notice.hash, version: notice.version, locale });
      if ('slip' in answer) {
        this.slip = answer.slip;
        this.set({ screen: 'conversation', code: undefined, agreedVersion: notice.version });
        this.client.consentGiven();
        this.noteLooking();
      } else await this.notAgreed(answer.code);
    } catch {
      this.set({ unanswered: true });
    } finally {
      this.set({ busy: false });
    }
  }

  send(text: string): void {
    // Another tab may have become somebody since this one was opened: one visitor, one conversation.
    if (!this.token) this.adoptVisit();
    this.client.send(text);
  }

  /** Takes a message the server will never accept back into the composer. */
  edit(key: string): void {
    const draft = this.current.chat.messages.find((message) => message.key === key)?.text;
    this.client.remove(key);
    this.set({ draft });
  }

  draftTaken(): void {
    this.set({ draft: undefined });
  }

  startOver(): void {
    this.client = this.makeClient();
    this.savedRead = 0;
    this.set({ screen: 'notice', code: undefined, agreedVersion: undefined, chat: this.client.snapshot() });
  }

  private async begin(locale: Locale): Promise<void> {
    if (this.current.settings) return;
    this.set({ locale });
    for (;;) {
      const settings = await fetchSettings(this.inbox).catch(() => undefined);
      if (settings) {
        this.set({ settings });
        break;
      }
      await new Promise((again) => setTimeout(again, 3_000));
    }
    if (this.current.screen !== 'loading') return;
    this.adoptVisit();
    if (!this.token) this.set({ screen: 'notice' });
  }

  private look(shown: boolean): void {
    const { screen, shownTimes } = this.current;
    if (!shown && screen === 'refused') this.set({ screen: 'notice' });
    if (shown) this.set({ shownTimes: shownTimes + 1 });
    this.shown = shown;
    this.noteLooking();
  }

  /** What lies in a background tab has not been read. */
  private noteLooking(): void {
    this.client.look(this.shown && !document.hidden && this.current.screen === 'conversation');
  }

  private async notAgreed(code: string): Promise<void> {
    if (code === 'chat.pass-expired' || code === 'chat.pass-invalid') {
      this.embedding.discardPass();
      this.set({ unanswered: true });
      return;
    }
    if (code === 'chat.blocked' || code === 'chat.inbox-closed') {
      this.set({ screen: 'ended', code });
      return;
    }
    await this.showNewestNotice(code);
  }

  /** The text may have changed under our eyes: what is agreed to must be what is in force. */
  private async showNewestNotice(code: string): Promise<void> {
    const settings = await fetchSettings(this.inbox, 'reload').catch(() => this.current.settings);
    this.set({ screen: 'notice', code, settings });
  }

  /** Takes over the visit this browser keeps, if there is one and we are nobody yet. */
  private adoptVisit(): void {
    const visit = this.token ? undefined : this.store.load();
    if (!visit || !this.current.settings || this.current.screen === 'ended') return;
    this.token = visit.token;
    this.slip = undefined;
    this.savedRead = visit.read;
    this.client.rememberRead(visit.read);
    this.set({ screen: 'conversation', code: undefined, agreedVersion: visit.version });
    this.client.reopen();
    this.noteLooking();
  }

  private makeClient(): ChatClient {
    const credentials = {
      inbox: this.inbox,
      pass: () => this.embedding.currentPass(),
      token: () => this.token,
    };
    const timers = browserTimers;
    const client: ChatClient = new ChatClient({
      timers,
      newSender: newSenderId,
      makeSocket: (events) => new SocketLink(location.origin, credentials, events, timers),
      makePolling: (events, after) =>
        new PollingLink((url, init) => fetch(url, init), credentials, events, after, timers),
      httpWorks: () => httpWorks(this.inbox),
      token: () => this.token,
      slip: () => this.slip,
      keepToken: (token) => this.keepToken(token),
      renewPass: () => this.embedding.discardPass(),
      changed: () => this.changed(client),
      needConsent: (code) => {
        this.slip = undefined;
        void this.showNewestNotice(code);
      },
      over: (code) => this.end(code),
    });
    return client;
  }

  private end(code: string): void {
    if (code.startsWith('chat.token') || code.startsWith('privacy.subject')) {
      this.token = undefined;
      this.store.clear();
      this.embedding.report({ kind: 'has-token', has: false });
    }
    this.slip = undefined;
    this.set({ screen: 'ended', code });
  }

  private keepToken(token: string): void {
    this.token = token;
    this.slip = undefined;
    const kept = this.store.save(this.visit(token));
    this.set({ storageRefused: !kept });
    if (kept) this.embedding.report({ kind: 'has-token', has: true });
  }

  private visit(token: string): Visit {
    const { agreedVersion, locale } = this.current;
    return { token, read: this.savedRead, version: agreedVersion ?? 0, locale };
  }

  private changed(client: ChatClient): void {
    if (client !== this.client) return;
    const chat = client.snapshot();
    this.set({ chat });
    if (chat.unread !== this.unread) {
      this.unread = chat.unread;
      this.embedding.report({ kind: 'unread', count: chat.unread });
    }
    if (this.token && chat.readUpTo > this.savedRead && !this.current.storageRefused) {
      this.savedRead = chat.readUpTo;
      this.store.save(this.visit(this.token));
    }
  }

  private set(change: Partial<PanelState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}
