import type { BrowserContext, Page, WebSocket } from 'playwright-core';
import { panelOf } from './browser.js';

/** Packets of one page that are remembered, and characters of each. */
const MOST = 25;
const SHOWN = 160;
/** A page that does not answer says that by itself. */
const PATIENCE_MS = 3_000;

/** What a panel shows, in its own page: its line, what it heard of the network, each message with what became of it. */
const TOLD = new Function(
  'element',
  `const text = (one) => one.textContent.trim().replaceAll(/\\s+/g, ' ');
  return {
    state: element.dataset.state,
    online: navigator.onLine,
    hidden: document.hidden,
    bars: [...element.querySelectorAll('.bar')].map(text),
    messages: [...element.querySelectorAll('.log .row')].map(text),
    typed: element.querySelector('textarea')?.value ?? null,
    focus: document.activeElement?.tagName,
  };`,
) as (element: unknown) => unknown;

/** Remembers what goes over the lines of a window's pages, so that tabs that disagree can say why. */
export class TabReport {
  private readonly packets = new Map<Page, string[]>();
  private readonly began = Date.now();

  constructor(context: BrowserContext) {
    context.on('page', (page) => page.on('websocket', (socket) => this.follow(page, socket)));
  }

  /** Runs a step; where it fails, the error says as well what each of the tabs shows and has heard. */
  async explaining<T>(tabs: Readonly<Record<string, Page>>, step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      const told = await Promise.all(Object.entries(tabs).map(([name, page]) => this.tell(name, page)));
      throw new Error([(error as Error).message, ...told].join('\n\n'), { cause: error });
    }
  }

  private async tell(name: string, page: Page): Promise<string> {
    const shown = await panelOf(page)
      .locator('[data-screen=widget]')
      .evaluate(TOLD, undefined, { timeout: PATIENCE_MS })
      .catch((error: Error) => error.message);
    const packets = this.packets.get(page) ?? ['nothing went over a line'];
    return [`${name} at ${this.time()}: ${JSON.stringify(shown, null, 1)}`, ...packets].join('\n  ');
  }

  private follow(page: Page, socket: WebSocket): void {
    const packets = this.packets.get(page) ?? [];
    this.packets.set(page, packets);
    const note = (what: string) => {
      packets.push(`${this.time()} ${what.slice(0, SHOWN)}`);
      if (packets.length > MOST) packets.shift();
    };
    note('opens');
    socket.on('framesent', ({ payload }) => note(`> ${payload}`));
    socket.on('framereceived', ({ payload }) => note(`< ${payload}`));
    socket.on('close', () => note('closed'));
  }

  private time(): string {
    return `${((Date.now() - this.began) / 1000).toFixed(2)} s`;
  }
}
