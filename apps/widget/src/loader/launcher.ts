import type { InboxSettings } from '@libs/contracts';
import { BRIDGE, type Locale, type ToLoader, type ToPanel } from '../bridge/bridge-messages.js';
import { fetchPass, type HeldPass } from './embed-pass.js';
import { launcherStyle } from './launcher-style.js';
import { wordsFor } from './loader-words.js';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE =
  'M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-5 4v-4A2 2 0 0 1 4 15zM8.5 9h7M8.5 12.5h4.5';
const CROSS = 'M6 6l12 12M18 6 6 18';

type Outgoing = ToPanel extends infer M ? (M extends ToPanel ? Omit<M, 'bridge'> : never) : never;

/** The button on the host page and the frame behind it. Everything of the page's it touches is one flag without a value. */
export class Launcher {
  private readonly root: ShadowRoot;
  private readonly button = document.createElement('button');
  private readonly icon = document.createElementNS(SVG, 'path');
  private readonly badge = document.createElement('i');
  private readonly box = document.createElement('div');
  private readonly words: ReturnType<typeof wordsFor>;
  private frame: HTMLIFrameElement | undefined;
  private panelReady = false;
  private open = false;
  private pass: HeldPass | undefined;
  private asking = false;
  private pageOverflow = '';

  constructor(
    private readonly base: string,
    private readonly settings: InboxSettings,
    private readonly locale: Locale,
  ) {
    this.words = wordsFor(locale);
    const host = document.createElement('div');
    this.root = host.attachShadow({ mode: 'open' });
    this.draw();
    document.body.append(host);
    addEventListener('message', (event) => this.hear(event));
    for (const kind of ['resize', 'scroll']) visualViewport?.addEventListener(kind, () => this.fit());
    if (this.flag()) this.load();
  }

  private draw(): void {
    const { brand, onBrand } = this.settings.theme;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherStyle(brand, onBrand));
    this.root.adoptedStyleSheets = [sheet];
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(this.icon);
    this.badge.hidden = true;
    this.badge.setAttribute('aria-hidden', 'true');
    this.button.append(svg, this.badge);
    this.button.setAttribute('aria-haspopup', 'dialog');
    this.button.onclick = () => this.show(!this.open);
    this.box.hidden = true;
    this.box.setAttribute('role', 'dialog');
    this.box.setAttribute('aria-label', this.title());
    this.root.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Escape' && this.open) this.show(false);
    });
    this.root.append(this.button, this.box);
    this.name(0);
    this.mark();
  }

  private title(): string {
    return `${this.words.name} · ${this.settings.businessName}`;
  }

  private name(unread: number): void {
    this.button.setAttribute('aria-label', unread ? this.words.unread(unread) : this.words.name);
    this.badge.textContent = unread > 99 ? '99+' : `${unread}`;
    this.badge.hidden = !unread;
  }

  private mark(): void {
    this.icon.setAttribute('d', this.open ? CROSS : BUBBLE);
    this.button.setAttribute('aria-expanded', `${this.open}`);
  }

  private show(open: boolean): void {
    this.open = open;
    if (open) this.load();
    this.box.hidden = !open;
    this.mark();
    this.tell({ kind: open ? 'shown' : 'hidden' });
    this.fit();
    if (open) this.frame?.focus();
    else if (this.root.activeElement) this.button.focus();
  }

  /** Full screen on phones: the page behind stands still, and the keyboard must not cover the composer. */
  private fit(): void {
    const full = this.open && matchMedia('(max-width:479px)').matches;
    const page = document.documentElement.style;
    if (full && page.overflow !== 'hidden') {
      this.pageOverflow = page.overflow;
      page.overflow = 'hidden';
    } else if (!full && this.box.ariaModal === 'true') page.overflow = this.pageOverflow;
    this.box.ariaModal = `${full}`;
    this.box.style.height = full && visualViewport ? `${visualViewport.height}px` : '';
    this.box.style.top = full && visualViewport ? `${visualViewport.offsetTop}px` : '';
  }

  private load(): void {
    if (!this.frame) {
      this.frame = document.createElement('iframe');
      this.frame.title = this.title();
      this.frame.allow = '';
      this.frame.referrerPolicy = 'no-referrer';
      this.frame.src = `${this.base}/widget/panel/${encodeURIComponent(this.settings.inbox)}`;
      this.box.append(this.frame);
    }
    if (!this.pass) void this.renew();
  }

  private async renew(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const answer = await fetchPass(this.base, this.settings.inbox);
    this.asking = false;
    if (answer === 'refused') {
      console.warn('Custodia: this page is not among the origins of the inbox; the chat is not shown.');
      this.show(false);
      this.root.host.remove();
      return;
    }
    if (!answer) return;
    this.pass = answer;
    setTimeout(() => void this.renew(), answer.lifeMs);
    this.handOver();
  }

  private handOver(): void {
    if (this.pass) this.tell({ kind: 'pass', ...this.pass });
  }

  private tell(message: Outgoing): void {
    if (this.panelReady)
      this.frame?.contentWindow?.postMessage({ bridge: BRIDGE, ...message }, new URL(this.base).origin);
  }

  private hear(event: MessageEvent<unknown>): void {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== new URL(this.base).origin) return;
    const message = event.data as ToLoader | null;
    if (message?.bridge !== BRIDGE) return;
    if (message.kind === 'ready') {
      this.panelReady = true;
      this.tell({ kind: 'hello', locale: this.locale, base: this.base, open: this.open });
      this.handOver();
    } else if (message.kind === 'need-pass') void this.renew();
    else if (message.kind === 'unread') this.name(message.count);
    else if (message.kind === 'has-token') this.flag(message.has);
    else if (message.kind === 'close') this.show(false);
  }

  /** Reads, sets or removes the one flag. A page whose storage is refused simply has none. */
  private flag(set?: boolean): boolean {
    const key = `custodia:${this.settings.inbox}`;
    try {
      if (set) localStorage.setItem(key, '1');
      else if (set === false) localStorage.removeItem(key);
      return localStorage.getItem(key) === '1';
    } catch {
      return false;
    }
  }
}
