import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { AXE } from './page-side.js';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** A change of theme fades; what is half-way has no contrast of its own. Reduced motion ends it in a moment. */
const SETTLED = `Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))`;
const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []`;
const sayIn = (locale: string) => `document.querySelector('button[lang="${locale}"]')?.click()`;

/** What is wrong with the page in both languages, light and dark, wide and narrow; what was typed stays. */
export async function checkAllLooks(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const locale of ['en', 'zh-CN'] as const) {
    await page.evaluate(sayIn(locale));
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const fault of await faultsOf(page)) found.push(`${locale} ${colorScheme} ${size.width}: ${fault}`);
      }
    }
  }
  await page.setViewportSize(SIZES[0]);
  return found;
}

/** What axe finds wrong in one document, past the policy that would refuse a foreign script. */
export async function axeFaults(document: Page | Frame): Promise<string[]> {
  await document.evaluate(AXE_SOURCE);
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
