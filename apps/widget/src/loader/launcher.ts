import type { InboxSettings } from '@libs/contracts';
import { BRIDGE, type Locale, type ToLoader, type ToPanel, type WidgetEvent } from '../bridge/bridge-messages.js';
import { fetchPass, type HeldPass } from './embed-pass.js';
import { launcherStyle } from './launcher-style.js';
import { chooseLocale, wordsFor } from './loader-words.js';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE = 'M4 7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-6l-5 4v-4a2 2 0 0 1-2-2zM9 9h6M9 12h4';
const CROSS = 'M6 6l12 12M18 6 6 18';
const FULL = matchMedia('(max-width:479px)');

type Outgoing = ToPanel extends infer M ? (M extends ToPanel ? Omit<M, 'bridge'> : never) : never;

export type Emit = (name: WidgetEvent, detail?: object) => void;

/** Where the widget was put, and what its snippet says. */
export interface Placement {
  readonly base: string;
  readonly settings: InboxSettings;
  readonly locale: Locale;
  readonly theme: string | undefined;
  readonly emit: Emit;
}

/**
 * The button on the host page and the frame behind it. Everything of the page's it touches is one flag without a value
 * and, on phones while it is open, one entry of the history. Fields are #private because that makes their names short.
 */
export class Launcher {
  readonly #at: Placement;
  readonly #origin: string;
  readonly #host = document.createElement('div');
  readonly #root = this.#host.attachShadow({ mode: 'open' });
  readonly #button = document.createElement('button');
  readonly #icon = document.createElementNS(SVG, 'path');
  readonly #badge = document.createElement('i');
  readonly #box = document.createElement('div');
  #frame: HTMLIFrameElement | undefined;
  #locale: Locale;
  #unread = 0;
  #panelReady = false;
  #open = false;
  #full = false;
  #pass: HeldPass | undefined;
  #statement = '';
  #asking = false;
  #pageOverflow = '';

  constructor(at: Placement) {
    this.#at = at;
    this.#locale = at.locale;
    this.#origin = new URL(at.base).origin;
    this.#draw();
    // Beside the body, whose transforms would move what is fixed in it; in the top layer where browsers have one.
    document.documentElement.append(this.#host);
    this.#host.popover = 'manual';
    this.#host.showPopover?.();
    addEventListener('message', (event) => this.#hear(event));
    addEventListener('popstate', () => {
      // The way back of a phone closes the panel; its entry of the history is gone by then.
      const closes = this.#full;
      this.#full = false;
      if (closes) this.show(false);
    });
    for (const kind of ['resize', 'scroll']) visualViewport?.addEventListener(kind, () => this.#fit());
    if (this.#flag()) this.#load();
  }

  show(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    if (open) this.#load();
    this.#box.hidden = !open;
    this.#name();
    this.#tell({ kind: open ? 'shown' : 'hidden' });
    this.#fit();
    if (open) this.#frame?.focus();
    else if (this.#root.activeElement) this.#button.focus();
    this.#at.emit(open ? 'open' : 'close');
  }

  speak(wanted: string): void {
    this.#locale = chooseLocale(wanted, this.#at.settings.locales);
    this.#name();
    this.#tell({ kind: 'locale', locale: this.#locale });
  }

  identify(statement: string): void {
    this.#statement = statement;
    this.#tell({ kind: 'identify', statement });
  }

  #draw(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherStyle(this.#at.settings));
    this.#root.adoptedStyleSheets = [sheet];
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.ariaHidden = this.#badge.ariaHidden = 'true';
    svg.append(this.#icon);
    this.#button.append(svg, this.#badge);
    this.#button.ariaHasPopup = 'dialog';
    this.#button.onclick = () => this.show(!this.#open);
    this.#box.hidden = true;
    this.#box.role = 'dialog';
    this.#root.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Escape') this.show(false);
    });
    this.#root.append(this.#button, this.#box);
    this.#name();
  }

  /** Names, badge and icon as they are now. */
  #name(): void {
    const { name, unread } = wordsFor(this.#locale);
    const count = this.#unread;
    const { businessName, businessNames } = this.#at.settings;
    this.#box.ariaLabel = `${name} · ${businessNames?.[this.#locale] ?? businessName}`;
    this.#button.ariaLabel = count ? unread(count) : name;
    this.#button.title = this.#button.ariaLabel;
    this.#button.ariaExpanded = `${this.#open}`;
    this.#badge.textContent = count > 99 ? '99+' : `${count}`;
    this.#badge.hidden = !count;
    this.#icon.setAttribute('d', this.#open ? CROSS : BUBBLE);
  }

  /** Full screen on phones: the page behind stands still, and the keyboard must not cover the composer. */
  #fit(): void {
    const full = this.#open && FULL.matches;
    const page = document.documentElement.style;
    const view = visualViewport;
    if (full !== (this.#box.ariaModal === 'true')) {
      if (full) {
        this.#pageOverflow = page.overflow;
        history.pushState(history.state, '');
        this.#full = true;
      } else if (this.#full) {
        this.#full = false;
        history.back();
      }
      page.overflow = full ? 'hidden' : this.#pageOverflow;
    }
    this.#box.ariaModal = `${full}`;
    this.#box.style.height = full && view ? `${view.height}px` : '';
    this.#box.style.top = full && view ? `${view.offsetTop}px` : '';
  }

  #load(): void {
    if (!this.#frame) {
      const frame = document.createElement('iframe');
      frame.title = this.#box.ariaLabel ?? '';
      frame.referrerPolicy = 'no-referrer';
      frame.src = `${this.#at.base}/widget/panel/${this.#at.settings.inbox}`;
      this.#frame = frame;
      this.#box.append(frame);
    }
    if (!this.#pass) void this.#renew();
  }

  async #renew(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const answer = await fetchPass(this.#at.base, this.#at.settings.inbox);
    this.#asking = false;
    if (answer === 'refused') {
      console.warn('Custodia: refused');
      this.show(false);
      this.#host.remove();
    } else if (answer) {
      this.#pass = answer;
      setTimeout(() => void this.#renew(), answer.lifeMs);
      this.#tell({ kind: 'pass', ...answer });
    }
  }

  #tell(message: Outgoing): void {
    if (this.#panelReady) this.#frame?.contentWindow?.postMessage({ bridge: BRIDGE, ...message }, this.#origin);
  }

  #hear(event: MessageEvent<unknown>): void {
    if (event.source !== this.#frame?.contentWindow || event.origin !== this.#origin) return;
    const message = event.data as ToLoader | null;
    if (message?.bridge !== BRIDGE) return;
    if (message.kind === 'ready') {
      this.#panelReady = true;
      this.#tell({ kind: 'hello', locale: this.#locale, open: this.#open, theme: this.#at.theme });
      if (this.#pass) this.#tell({ kind: 'pass', ...this.#pass });
      if (this.#statement) this.identify(this.#statement);
    } else if (message.kind === 'need-pass') void this.#renew();
    else if (message.kind === 'unread') {
      this.#unread = message.count;
      this.#name();
      this.#at.emit('unread', { count: message.count });
    } else if (message.kind === 'has-token') this.#flag(message.has);
    else if (message.kind === 'close') this.show(false);
    else if (message.kind === 'event') this.#at.emit(message.name, message.detail);
  }

  /** Reads, sets or removes the one flag. A page whose storage is refused simply has none. */
  #flag(set?: boolean): boolean {
    const key = `custodia:${this.#at.settings.inbox}`;
    try {
      if (set) localStorage.setItem(key, '1');
      else if (set === false) localStorage.removeItem(key);
      return localStorage.getItem(key) === '1';
    } catch {
      return false;
    }
  }
}
