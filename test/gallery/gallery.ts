import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../journey/browser.js';
import type { Screen, State } from './catalogue.js';
import { type GalleryServer, startGallery } from './gallery-server.js';
import { faultsOf, LOOKS, type Look, nameOf, wear } from './looking.js';
import { FIRST, visit } from './visit.js';

export interface GalleryOptions {
  /** Where pictures go; none are taken without it. */
  readonly pictures?: string;
}

/** One page of one browser, led through screens and their states. */
export class Gallery {
  readonly complaints: string[] = [];

  private constructor(
    private readonly server: GalleryServer,
    private readonly chromium: Browser,
    private readonly page: Page,
    private readonly options: GalleryOptions,
  ) {
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (message) => {
      // That a request was refused is what some states are about.
      const expected = /^Failed to load|WebSocket connection/.test(message.text());
      if (message.type() === 'error' && !expected) this.complaints.push(message.text());
    });
  }

  static async open(root: string, options: GalleryOptions = {}): Promise<Gallery> {
    const [server, chromium] = await Promise.all([startGallery(root), launchChromium()]);
    const context = await chromium.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' });
    await context.addInitScript(FIRST);
    context.setDefaultTimeout(20_000);
    return new Gallery(server, chromium, await context.newPage(), options);
  }

  get unknown(): ReadonlySet<string> {
    return this.server.unknown;
  }

  async close(): Promise<void> {
    await this.chromium.close();
    await this.server.close();
  }

  /** What is wrong with a state of a screen in some of its looks, by all rules. */
  async lookAt(screen: Screen, state: State, looks: readonly Look[] = LOOKS): Promise<readonly string[]> {
    const name = `${screen.screen}.${state.name}`;
    const found: string[] = [];
    try {
      const fits = looks.filter(({ width }) => !state.only || (state.only === 'wide') === (width === 1440));
      if (!fits[0]) return [];
      // What it is depends on the width; its language is that of the page before it is changed.
      await wear(this.page, fits[0]);
      await visit(this.page, this.server, screen, state);
      for (const look of fits) {
        await wear(this.page, look);
        for (const fault of await faultsOf(this.page)) found.push(`${name} ${nameOf(look)}: ${fault}`);
        await this.photograph(name, look);
      }
    } catch (error) {
      found.push(`${name}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
    return found;
  }

  private async photograph(name: string, look: Look): Promise<void> {
    const { pictures } = this.options;
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.${nameOf(look)}.png`) });
  }
}
