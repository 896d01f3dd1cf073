import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { AXE } from './page-side.js';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/** A change of theme fades; what is half-way has no contrast of its own. Reduced motion ends it in a moment. */
const SETTLED = `Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))`;
const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []`;
const sayIn = (locale: string) => `document.querySelector('button[lang="${locale}"]')?.click()`;

/** Two languages, light and dark, wide and narrow: each with each other of them is one of the four. */
const LOOKS = [
  { locale: 'en', colorScheme: 'dark', size: WIDE },
  { locale: 'en', colorScheme: 'light', size: NARROW },
  { locale: 'zh-CN', colorScheme: 'dark', size: NARROW },
  { locale: 'zh-CN', colorScheme: 'light', size: WIDE },
] as const;

/** What is wrong with the page in both languages, light and dark, wide and narrow; what was typed stays. */
export async function checkAllLooks(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { locale, colorScheme, size } of LOOKS) {
    await page.evaluate(sayIn(locale));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    for (const fault of await faultsOf(page)) found.push(`${locale} ${colorScheme} ${size.width}: ${fault}`);
  }
  return found;
}

/** What axe finds wrong in one document, past the policy that would refuse a foreign script. */
export async function axeFaults(document: Page | Frame): Promise<string[]> {
  // Half a megabyte: once for each document.
  if (!(await document.evaluate<boolean>('"axe" in window'))) await document.evaluate(AXE_SOURCE);
  return document.evaluate<string[]>(AXE);
}

/** The same for the page and each frame in it. */
export async function axeFaultsThroughout(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) found.push(...(await axeFaults(frame)));
  return found;
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.evaluate(SETTLED);
  return [...(await axeFaults(page)), ...(await page.evaluate<string[]>(SIDEWAYS))];
}
