import type { Notice } from '@libs/contracts';
import type { Locale } from '../bridge/bridge-messages.js';
import { chime } from './chime.js';
import { ChoiceBook, type ChoicesState, CONVERSATION, SUPERSEDED, standingOf, WITHDRAWN } from './choice-book.js';
import { Embedding } from './embedding.js';
import { agree, fetchSettings, httpWorks, settingsAtLast } from './inbox-api.js';
import type { SafeLink } from './links.js';
import { firstState, noticeLocale, type Page, type PanelState } from './panel-state.js';
import { SignedIdentity } from './signed-identity.js';
import { browserPorts } from './transport/browser-ports.js';
import { ChatClient } from './transport/chat-client.js';
import { PollingLink } from './transport/polling-link.js';
import { opensNothing, remedyFor } from './transport/refusals.js';
import { SocketLink } from './transport/socket-link.js';
import { browserTimers } from './transport/timers.js';
import { type Visit, VisitStore } from './visit-store.js';

/** A server that says yes here and no there must not make us connect without end. */
const TRY_AGAIN_MS = 5_000;
/** Without WebSocket nobody says that the choices changed. */
const ASK_CHOICES_MS = 15_000;

/** Everything one page load of the panel knows; views only show it. In memory until the first message. */
export class PanelSession {
  private readonly listeners = new Set<() => void>();
  private readonly store: VisitStore;
  private readonly embedding: Embedding;
  readonly choices: ChoiceBook;
  private readonly identity: SignedIdentity;
  private opener: Element | null = null;
  /** The choices may have changed since they were read. */
  private stale = true;
  private resumedAt = Number.NEGATIVE_INFINITY;
  private client: ChatClient;
  private token: string | undefined;
  private slip: string | undefined;
  private savedRead = 0;
  private shown = false;
  private unread = -1;
  private current: PanelState;

  constructor(readonly inbox: string) {
    this.store = new VisitStore(inbox);
    this.client = this.makeClient();
    this.choices = new ChoiceBook(inbox, {
      caller: () => (this.token ? { inbox, token: this.token } : undefined),
      locale: () => this.current.locale,
      changed: (choices) => this.choicesChanged(choices),
      refused: (code) => opensNothing(code) && this.end(code),
    });
    this.current = firstState(this.client.snapshot(), this.choices.state);
    this.embedding = new Embedding({
      hello: (locale, theme) => void this.begin(locale, theme),
      locale: (locale) => {
        this.set({ locale });
        void this.choices.load();
      },
      identify: (statement) => void this.identity.claim(statement),
      shown: () => this.look(true),
      hidden: () => this.look(false),
    });
    this.identity = new SignedIdentity({
      inbox,
      pass: () => this.embedding.currentPass(),
      token: () => this.token,
      told: (detail) => this.embedding.report({ kind: 'event', name: 'identity', detail }),
      other: () => this.becomeOther(),
    });
    document.addEventListener('visibilitychange', () => this.noteLooking());
    this.store.onChange(() => this.followOtherTab());
    setInterval(() => this.current.chat.line === 'fallback' && this.choicesMayDiffer(), ASK_CHOICES_MS);
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
    return this.current.settings?.notice[noticeLocale(this.current)];
  }

  /** Wrote before: there is somebody whose choices are kept. */
  get isKnown(): boolean {
    return this.token !== undefined;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.embedding.report({ kind: 'close' });
  }

  decline(): void {
    if (this.token)
      this.set({
        screen: standingOf(this.current.choices).withdrawn ? 'withdrawn' : 'conversation',
        unanswered: false,
      });
    else this.set({ screen: 'refused', code: undefined, unanswered: false });
  }

  /** Another site is about to be opened: its notice; undefined takes it away. */
  leave(leaving: SafeLink | undefined): void {
    this.set({ leaving });
  }

  switchSound(): void {
    this.set({ sound: !this.current.sound });
    if (this.current.sound) chime();
    this.keep();
  }

  open(page: Page): void {
    if (!this.current.page) this.opener = document.activeElement;
    this.choices.calm();
    this.set({ page });
    if (page === 'choices') void this.choices.load();
  }

  /** After a page was closed: to where it was opened from. */
  returnFocus(): void {
    if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  /** The notice in force, to agree to the conversation once more. */
  askAgain(): void {
    this.set({ page: undefined });
    void this.showNewestNotice(
      standingOf(this.current.choices).withdrawn ? WITHDRAWN : (this.current.gate ?? SUPERSEDED),
    );
  }

  async agree(): Promise<void> {
    const notice = this.notice;
    if (!notice || this.current.busy) return;
    if (this.token) return this.agreeAgain(notice);
    this.set({ busy: true, unanswered: false });
    try {
      const pass = await this.identity.passForConsent();
      const locale = noticeLocale(this.current);
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
    this.choices.calm();
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

  /** Who is known already agrees with the person's own record, not with a slip. */
  private async agreeAgain(notice: Notice): Promise<void> {
    this.set({ busy: true, unanswered: false });
    await this.choices.load();
    const choice = this.choices.choice(CONVERSATION);
    if (choice && choice.noticeHash !== notice.hash) await this.showNewestNotice(SUPERSEDED);
    else if (choice && (await this.choices.decide(choice, true, 'widget.consent-card'))) {
      this.set({ agreedVersion: notice.version });
    } else if (this.choices.state.trouble?.code) await this.showNewestNotice(this.choices.state.trouble.code);
    else this.set({ unanswered: true });
    this.set({ busy: false });
  }

  private choicesChanged(choices: ChoicesState): void {
    const fresh = choices.list !== this.current.choices.list;
    this.set({ choices });
    if (fresh && choices.list) this.followConsent(choices.made !== undefined);
  }

  /** The screen follows what the server holds about the consent that the conversation rests on. */
  private followConsent(justDecided: boolean): void {
    const { screen, gate } = this.current;
    const { withdrawn, code: standing } = standingOf(this.current.choices);
    if (withdrawn) {
      if (screen === 'conversation') this.stop();
    } else if (standing) this.set({ gate: standing });
    else if (gate || screen === 'withdrawn' || screen === 'notice') {
      if (!justDecided && performance.now() - this.resumedAt < TRY_AGAIN_MS) return;
      this.resumedAt = performance.now();
      this.set({ screen: 'conversation', gate: undefined, code: undefined });
      this.client.consentGiven();
      this.noteLooking();
    }
  }

  /** Nothing is sent or read from here on; what was written waits. */
  private stop(): void {
    this.client.close();
    this.set({ screen: 'withdrawn', draft: undefined });
  }

  private consentMissing(code: string): void {
    if (this.token) {
      this.set({ gate: code });
      if (code === WITHDRAWN) this.stop();
      void this.choices.load();
    } else {
      this.slip = undefined;
      void this.showNewestNotice(code);
    }
  }

  private choicesMayDiffer(): void {
    this.stale = true;
    this.readChoices();
  }

  /** Only for eyes: a hidden panel asks when it is looked at. */
  private readChoices(): void {
    if (!this.stale || !this.shown || document.hidden || !this.token) return;
    this.stale = false;
    void this.choices.load();
  }

  private async begin(locale: Locale, theme: string | undefined): Promise<void> {
    if (this.current.settings) return;
    this.set({ locale, forcedTheme: theme === 'light' || theme === 'dark' ? theme : undefined });
    this.set({ settings: await settingsAtLast(this.inbox) });
    if (this.current.screen === 'loading') this.adoptVisit();
    if (this.current.screen === 'loading') this.set({ screen: 'notice' });
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
    this.readChoices();
  }

  private async notAgreed(code: string): Promise<void> {
    const remedy = remedyFor(code);
    if (remedy === 'pass') {
      this.embedding.discardPass();
      this.set({ unanswered: true });
    } else if (remedy === 'over') this.set({ screen: 'ended', code });
    else await this.showNewestNotice(code);
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
    const { token, read, version: agreedVersion, sound = false } = visit;
    this.token = token;
    this.slip = undefined;
    this.savedRead = read;
    this.client.rememberRead(read);
    this.set({ screen: 'conversation', code: undefined, agreedVersion, sound });
    this.client.reopen();
    void this.identity.known();
    this.noteLooking();
  }

  /** What was read in another tab has been read here too; a first message there makes this tab the same visitor. */
  private followOtherTab(): void {
    if (!this.token) this.adoptVisit();
    const visit = this.store.load();
    if (!visit || visit.token !== this.token) return;
    this.savedRead = Math.max(this.savedRead, visit.read);
    this.client.rememberRead(visit.read);
    this.set({ sound: visit.sound === true });
  }

  private makeClient(): ChatClient {
    const token = () => this.token;
    const credentials = { inbox: this.inbox, pass: () => this.embedding.currentPass(), token };
    const client: ChatClient = new ChatClient({
      ...browserPorts,
      makeSocket: (events) => new SocketLink(location.origin, credentials, events, browserTimers),
      makePolling: (events, after) =>
        new PollingLink((url, init) => fetch(url, init), credentials, events, after, browserTimers),
      httpWorks: () => httpWorks(this.inbox),
      token,
      slip: () => this.slip,
      keepToken: (token) => this.keepToken(token),
      renewPass: () => this.embedding.discardPass(),
      changed: () => this.changed(client),
      arrived: (from) => this.arrived(from),
      needConsent: (code) => this.consentMissing(code),
      choicesChanged: () => this.choicesMayDiffer(),
      over: (code) => this.end(code),
    });
    return client;
  }

  private end(code: string): void {
    if (opensNothing(code)) {
      this.token = undefined;
      this.client.close();
      this.store.clear();
      this.choices.forget();
      this.embedding.report({ kind: 'has-token', has: false });
    }
    this.slip = undefined;
    this.set({ screen: 'ended', page: undefined, gate: undefined, code });
  }

  /** The site says that somebody else sits here now: the conversation in this browser is not theirs to read. */
  private becomeOther(): void {
    this.end('chat.token-revoked');
    this.startOver();
    void this.identity.known();
  }

  private keepToken(token: string): void {
    this.token = token;
    this.slip = undefined;
    this.keep();
    if (!this.current.storageRefused) this.embedding.report({ kind: 'has-token', has: true });
    void this.identity.known();
  }

  /** Nothing is kept before the first message, nor where the browser refuses. */
  private keep(): void {
    if (!this.token || this.current.storageRefused) return;
    const { agreedVersion, locale, sound } = this.current;
    const visit: Visit = { token: this.token, read: this.savedRead, version: agreedVersion ?? 0, locale, sound };
    this.set({ storageRefused: !this.store.save(visit) });
  }

  private arrived(from: 'agent' | 'visitor'): void {
    this.embedding.report({ kind: 'event', name: 'message', detail: { from } });
    if (from === 'agent' && this.current.sound && !(this.shown && document.hasFocus())) chime();
  }

  private changed(client: ChatClient): void {
    if (client !== this.client) return;
    const chat = client.snapshot();
    const { line } = this.current.chat;
    this.set({ chat });
    // What was said while the line was down was not heard.
    if (chat.line !== line && (chat.line === 'up' || chat.line === 'fallback')) this.choicesMayDiffer();
    if (chat.unread !== this.unread) {
      this.unread = chat.unread;
      this.embedding.report({ kind: 'unread', count: chat.unread });
    }
    if (chat.readUpTo <= this.savedRead) return;
    this.savedRead = chat.readUpTo;
    this.keep();
  }

  private set(change: Partial<PanelState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}
