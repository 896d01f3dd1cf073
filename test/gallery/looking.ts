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

/** What fades has no contrast of its own; reduced motion ends it in a moment, and two frames draw what it ended in. */
const SETTLED = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
  Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))))`;
const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []`;

const RUN = `(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], iframes: false });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '));
})()`;

/** What axe finds in a document as it stands, and whether it is too wide. */
export async function faultsOf(document: Page | Frame): Promise<readonly string[]> {
  await document.evaluate(SETTLED);
  if (!(await document.evaluate<boolean>(`'axe' in window`))) await document.evaluate(AXE_SOURCE);
  return [...(await document.evaluate<string[]>(RUN)), ...(await document.evaluate<string[]>(SIDEWAYS))];
}

const HEIGHT = { 1440: 900, 390: 844 } as const;

/** Puts a page into a look without loading it anew. A page without a switch of language keeps the one it has. */
export async function wear(page: Page, { locale, theme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: HEIGHT[width] });
  await page.evaluate(
    `document.documentElement.lang === '${locale}' || document.querySelector('button[lang="${locale}"]')?.click()`,
  );
}
