import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { AXE } from './page-side.js';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
/** All that colours alone can break. */
const COLOUR_RULES = ['color-contrast'];

/** A change of theme fades; what is half-way has no contrast of its own. Reduced motion ends it in a moment. */
const SETTLED = `Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))`;
/** What one fade sets off, e.g. in a part that inherits its colour, ends within as many looks. */
const MOST_LOOKS = 3;
/** Who wants less motion sees nothing move: opacity alone fades. */
const MOVING = `[...new Set(document.getAnimations().map(({ transitionProperty }) => transitionProperty))]
  .filter((property) => property !== undefined && property !== 'opacity')
  .map((property) => 'moves: ' + property)`;
const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []`;
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * Two languages, light and dark, wide and narrow: each with each other of them is one of the four. In the order in which
 * the theme, which costs more than the look, is drawn anew twice and not four times; at the end the page is as it was.
 */
const LOOKS = [
  { locale: 'zh-CN', colorScheme: 'dark', size: NARROW },
  { locale: 'en', colorScheme: 'dark', size: WIDE },
  { locale: 'en', colorScheme: 'light', size: NARROW },
  { locale: 'zh-CN', colorScheme: 'light', size: WIDE },
] as const;
type Look = (typeof LOOKS)[number];
/** The languages of a screen. */
export type Language = Look['locale'];

/** Which part of a page is looked at, and how. */
export interface Looking {
  /** Only what this selects: the rest of the page is looked at elsewhere. */
  readonly within?: string;
  /** Also in its frames. */
  readonly frames?: boolean;
  /** Only in one language, which the page speaks already. */
  readonly locale?: Language;
  /** How the page is told to speak another language, unless by its own switch. */
  readonly speak?: (locale: Language) => Promise<unknown>;
}

/** Presses the console's switch of languages. */
export function speak(page: Page, locale: Language): Promise<unknown> {
  return page.evaluate(`document.querySelector('button[lang="${locale}"]')?.click()`);
}

/**
 * What is wrong with the page in both languages, light and dark, wide and narrow; what was typed stays. Colours are all
 * that differs in the dark: there nothing else is asked.
 */
export async function checkAllLooks(page: Page, how: Looking = {}): Promise<string[]> {
  const found: string[] = [];
  for (const look of LOOKS.filter(({ locale }) => how.locale === undefined || locale === how.locale)) {
    const { locale, colorScheme, size } = look;
    if (how.locale === undefined) await (how.speak ?? ((which) => speak(page, which)))(locale);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    // Another site's page moves as it likes.
    const moving = how.frames ? [] : await page.evaluate<string[]>(MOVING);
    for (const fault of [...moving, ...(await lastingFaults(page, look, how))]) {
      found.push(`${locale} ${colorScheme} ${size.width}: ${fault}`);
    }
  }
  return found;
}

/** What is there only half-way is no fault: what was found is looked for again. */
async function lastingFaults(page: Page, look: Look, how: Looking): Promise<readonly string[]> {
  let found = await faultsIn(page, look, how);
  for (let round = 1; found.length > 0 && round < MOST_LOOKS; round += 1) found = await faultsIn(page, look, how);
  return found;
}

async function faultsIn(page: Page, { colorScheme }: Look, { within, frames }: Looking): Promise<string[]> {
  await page.evaluate(DRAWN);
  const rules = colorScheme === 'dark' ? COLOUR_RULES : undefined;
  const found: string[] = [];
  for (const frame of frames ? page.frames() : [page.mainFrame()]) {
    await frame.evaluate(SETTLED);
    found.push(...(await axeFaults(frame, { ...(within && { within }), ...(rules && { rules }) })));
  }
  return [...found, ...(await page.evaluate<string[]>(SIDEWAYS))];
}

/** What axe finds wrong in one document, past the policy that would refuse a foreign script. */
export async function axeFaults(
  document: Page | Frame,
  { within, rules }: { readonly within?: string; readonly rules?: readonly string[] } = {},
): Promise<string[]> {
  // Half a megabyte: once for each document.
  if (!(await document.evaluate<boolean>('"axe" in window'))) await document.evaluate(AXE_SOURCE);
  return document.evaluate<string[]>(AXE(within, rules));
}
