import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../journey/browser.js';
import type { Screen, State } from './catalogue.js';
import { type GalleryServer, startGallery } from './gallery-server.js';
import { faultsOf, LOOKS, type Look, nameOf, photograph, wear } from './looking.js';
import { FIRST, visit } from './visit.js';

export interface GalleryOptions {
  /** Where pictures go; none are taken without it. */
  readonly pictures?: string;
}

type Pages = Readonly<Record<Look['locale'], Page>>;

/** One browser with a page in each language, led through screens and their states. */
export class Gallery {
  readonly complaints: string[] = [];
  /** How often a state was seen in a look. */
  looked = 0;

  private constructor(
    private readonly server: GalleryServer,
    private readonly chromium: Browser,
    private readonly pages: Pages,
    private readonly options: GalleryOptions,
  ) {
    for (const page of Object.values(pages)) this.listen(page);
  }

  private listen(page: Page): void {
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (message) => {
      // That a request was refused is what some states are about.
      const expected = /^Failed to load|WebSocket connection/.test(message.text());
      if (message.type() === 'error' && !expected) this.complaints.push(message.text());
    });
  }

  static async open(root: string, options: GalleryOptions = {}): Promise<Gallery> {
    const [server, chromium] = await Promise.all([startGallery(root), launchChromium()]);
    const pageIn = async (locale: Look['locale']): Promise<Page> => {
      const context = await chromium.newContext({ locale, reducedMotion: 'reduce' });
      await context.addInitScript(FIRST(locale));
      context.setDefaultTimeout(20_000);
      return context.newPage();
    };
    const [chinese, english] = await Promise.all([pageIn('zh-CN'), pageIn('en')]);
    return new Gallery(server, chromium, { 'zh-CN': chinese, en: english }, options);
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
    const found: string[] = [];
    const fits = looks.filter(({ width }) => !state.only || (state.only === 'wide') === (width === 1440));
    // What a state is depends on width and language; only its theme is changed under it.
    const deviceOf = ({ locale, width }: Look) => `${locale} ${width}`;
    for (const device of new Set(fits.map(deviceOf)))
      found.push(
        ...(await this.lookOn(
          screen,
          state,
          fits.filter((look) => deviceOf(look) === device),
        )),
      );
    return found;
  }

  private async lookOn(screen: Screen, state: State, looks: readonly Look[]): Promise<readonly string[]> {
    const name = `${screen.screen}.${state.name}`;
    const found: string[] = [];
    const [first] = looks;
    if (!first) return [];
    const page = this.pages[first.locale];
    try {
      await wear(page, first);
      await visit(page, this.server, screen, state);
      for (const look of looks) {
        await wear(page, look);
        for (const fault of await faultsOf(page)) found.push(`${name} ${nameOf(look)}: ${fault}`);
        this.looked += 1;
        await this.photograph(page, name, look);
      }
    } catch (error) {
      found.push(`${name} ${nameOf(first)}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
    return found;
  }

  private async photograph(page: Page, name: string, look: Look): Promise<void> {
    const { pictures } = this.options;
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await photograph(page, join(pictures, `${name}.${nameOf(look)}`), look);
  }
}
