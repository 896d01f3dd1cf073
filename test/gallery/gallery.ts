import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../journey/browser.js';
import type { Screen, State } from './catalogue.js';
import { WIDGET } from './catalogue-widget.js';
import { type GalleryServer, startGallery } from './gallery-server.js';
import { faultsOf, LOOKS, type Look, nameOf, photograph, wear } from './looking.js';
import { FIRST, visit, visitShop } from './visit.js';

export interface GalleryOptions {
  /** Where pictures go; none are taken without it. */
  readonly pictures?: string;
  /** Leaves out what there is a picture of already. */
  readonly resumes?: boolean;
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
    if (options.pictures !== undefined) mkdirSync(options.pictures, { recursive: true });
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
      context.setDefaultTimeout(60_000);
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
    const name = `${screen.screen}.${state.name}`;
    const fits = looks
      .filter(({ width }) => !state.only || (state.only === 'wide') === (width === 1440))
      .filter((look) => !this.isLeftOut(name, look));
    // What is pressed on the way to a state depends on the width; otherwise the page is only made narrower.
    const deviceOf = ({ locale, width }: Look) => (state.act ? `${locale} ${width}` : locale);
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
      if (screen === WIDGET) await visitShop(page, this.server, state, first.locale);
      else await visit(page, this.server, screen, state);
      for (const look of looks) {
        await wear(page, look);
        for (const document of screen === WIDGET ? page.frames() : [page])
          for (const fault of await faultsOf(document)) found.push(`${name} ${nameOf(look)}: ${fault}`);
        this.looked += 1;
        await this.photograph(page, name, look, look.theme === first.theme);
      }
    } catch (error) {
      found.push(`${name} ${nameOf(first)}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
    return found;
  }

  private async photograph(page: Page, name: string, look: Look, whole: boolean): Promise<void> {
    const path = this.pathOf(name, look);
    if (path !== undefined) await photograph(page, path, look, whole);
  }

  private pathOf(name: string, look: Look): string | undefined {
    const { pictures } = this.options;
    return pictures === undefined ? undefined : join(pictures, `${name}.${nameOf(look)}`);
  }

  /** A run that was broken off left a picture of each look it came to. */
  private isLeftOut(name: string, look: Look): boolean {
    return this.options.resumes === true && existsSync(`${this.pathOf(name, look)}.png`);
  }
}
