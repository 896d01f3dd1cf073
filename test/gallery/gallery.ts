import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../journey/browser.js';
import type { Screen, State } from './catalogue.js';
import { type GalleryServer, startGallery } from './gallery-server.js';
import { faultsOf, LOOKS, type Look, nameOf, type Rules, wear } from './looking.js';
import { FIRST, visit } from './visit.js';

/** Which of the eight looks, and how thoroughly each. */
export type Extent = 'first-half' | 'second-half' | 'everything' | readonly Look[];

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

  /** What is wrong with a state of a screen, by look. */
  async lookAt(screen: Screen, state: State, extent: Extent): Promise<readonly string[]> {
    const name = `${screen.screen}.${state.name}`;
    const found: string[] = [];
    try {
      for (const { look, rules, begins } of this.plan(state, extent)) {
        await wear(this.page, look);
        if (begins) await visit(this.page, this.server, screen, state);
        for (const fault of await faultsOf(this.page, rules)) found.push(`${name} ${nameOf(look)}: ${fault}`);
        await this.photograph(name, look);
      }
    } catch (error) {
      found.push(`${name}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
    return found;
  }

  private plan(state: State, extent: Extent) {
    const fits = ({ width }: Look) => !state.only || (state.only === 'wide') === (width === 1440);
    const looks = looksOf(extent).filter(fits);
    return looks.map((look, at): { readonly look: Look; readonly rules: Rules; readonly begins: boolean } => ({
      look,
      rules: rulesOf(extent, at),
      // It is brought about where it is first looked at.
      begins: at === 0,
    }));
  }

  private async photograph(name: string, look: Look): Promise<void> {
    const { pictures } = this.options;
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.${nameOf(look)}.png`) });
  }
}

function looksOf(extent: Extent): readonly Look[] {
  if (extent === 'everything') return LOOKS;
  if (typeof extent !== 'string') return extent;
  // Chinese with one width, English with the other.
  const wide = extent === 'first-half' ? 'zh-CN' : 'en';
  return LOOKS.filter(({ locale, width }) => (locale === wide) === (width === 1440));
}

function rulesOf(extent: Extent, at: number): Rules {
  if (extent === 'everything') return 'all';
  if (typeof extent !== 'string') return 'colours';
  return (['all', 'colours', 'names', 'colours'] as const)[at] ?? 'colours';
}
