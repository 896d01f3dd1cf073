import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Look {
  readonly locale: 'zh-CN' | 'en';
  readonly theme: 'light' | 'dark';
  readonly width: 1440 | 390;
}

/** The eight looks of ux 4, in an order in which little changes from one to the next. */
export const LOOKS: readonly Look[] = (['zh-CN', 'en'] as const).flatMap((locale) =>
  ([1440, 390] as const).flatMap((width) => (['light', 'dark'] as const).map((theme) => ({ locale, theme, width }))),
);

export const nameOf = ({ locale, theme, width }: Look): string => `${locale}-${theme}-${width}`;

/**
 * What fades has no contrast of its own; reduced motion ends it in a moment, and two frames draw what it ended in. A
 * browser that draws nothing for seconds is photographed as it is.
 */
const SETTLED = `Promise.race([new Promise((done) => setTimeout(done, 5000)),
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))))])`;
const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []`;

const RUN = `(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], iframes: false });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '));
})()`;

/** What axe finds in a document as it stands, and whether it is too wide. */
export async function faultsOf(document: Page | Frame): Promise<readonly string[]> {
  if (!(await document.evaluate<boolean>(`'axe' in window`))) await document.evaluate(AXE_SOURCE);
  const found = await faultsNow(document);
  // A theme that was changed a moment ago may be half drawn: only what lasts is a fault.
  const lasting = found.length === 0 ? [] : await faultsNow(document);
  return found.filter((fault) => lasting.includes(fault));
}

async function faultsNow(document: Page | Frame): Promise<readonly string[]> {
  await document.evaluate(SETTLED);
  return [...(await document.evaluate<string[]>(RUN)), ...(await document.evaluate<string[]>(SIDEWAYS))];
}

const HEIGHT = { 1440: 900, 390: 844 } as const;

/** Puts a page into the size and the theme of a look without loading it anew. */
export async function wear(page: Page, { theme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await resize(page, width, HEIGHT[width]);
}

async function resize(page: Page, width: number, height: number): Promise<void> {
  const size = page.viewportSize();
  if (size?.width !== width || size.height !== height) await page.setViewportSize({ width, height });
}

/** How much of what the page shows lies below its edge: the page itself scrolls, or one part of it. */
const BELOW = `Math.max(0, ...['html', 'main', 'main *', 'dialog[open]'].flatMap((part) => [...document.querySelectorAll(part)])
  .filter((one) => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowY))
  .map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight))`;
const TALLEST = 6000;

/** A picture of what fits the screen, and a second one of the `whole` where it does not fit. */
export async function photograph(page: Page, path: string, { width }: Look, whole = true): Promise<void> {
  await page.screenshot({ path: `${path}.png` });
  if (!whole) return;
  const below = await page.evaluate<number>(BELOW);
  if (below < 24) return;
  await resize(page, width, Math.min(HEIGHT[width] + below, TALLEST));
  await page.evaluate(SETTLED);
  await page.screenshot({ path: `${path}.whole.png` });
  await resize(page, width, HEIGHT[width]);
}
