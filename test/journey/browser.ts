import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Need } from '@libs/testing';
import {
  type BrowserContext,
  type BrowserContextOptions,
  type Browser as Chromium,
  chromium,
  type FrameLocator,
  type Page,
} from 'playwright-core';
import { knownHeadlessShell } from '../servers/index.mjs';
import { STORED_KEYS } from './page-side.js';
import type { DemoPerson, Product } from './product.js';

const PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'];
/** The same engine without Chromium's own window: a third less work. Where it is not here, Chromium. */
const SHELL = knownHeadlessShell() ?? PATH;
/** Chromium forbids the widget in its private windows to store anything. */
const SHELL_KEEPS = SHELL !== PATH;

/** Suggestions below the address bar are pages, in a process for each window: more work than a visitor's own page. */
const SUGGESTIONS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** How the button on the host's page begins to be called. */
const LAUNCHER = /^(在线客服|Live chat)/;

/** How long anything is waited for that a page shows. */
const PATIENCE_MS = 20_000;

/** What the journeys run in. */
export const CHROMIUM: Need = { name: 'Chromium (CHROMIUM_PATH)', isMet: existsSync(PATH) };

/** One person's browser: a profile on disk, as a real one, with third-party storage as browsers partition it. */
export interface Browser {
  readonly context: BrowserContext;
  /** What the browser complained about: errors, warnings, refused resources, policy violations. */
  readonly complaints: string[];
  page(): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Of two lists of features Chromium takes the last, so ours begins with what Playwright switches off: that is told when a
 * program does not start. Where it is not told, the suggestions stay.
 */
async function withoutSuggestions(): Promise<string[]> {
  const told = await chromium.launch({ executablePath: process.execPath }).catch(String);
  const own = /--disable-features=(\S+)/.exec(String(told))?.[1];
  return own === undefined ? ARGS : [...ARGS, `--disable-features=${[own, ...SUGGESTIONS].join(',')}`];
}

let chromiumArgs: Promise<string[]> | undefined;
function argsOfChromium(): Promise<string[]> {
  chromiumArgs ??= withoutSuggestions();
  return chromiumArgs;
}

export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'custodia-browser-'));
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: PATH,
    args: await argsOfChromium(),
    viewport: { width: 1280, height: 860 },
    locale: 'zh-CN',
  });
  return watched(context, async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
}

/** One Chromium for many short looks; each context in it is a private window, where the widget may store nothing. */
export async function launchChromium(): Promise<Chromium> {
  return chromium.launch({ executablePath: PATH, args: await argsOfChromium() });
}

/** For what staff do in windows that keep nothing, and nothing of what Chromium's private windows forbid. */
export async function launchShell(): Promise<Chromium> {
  return chromium.launch({ executablePath: SHELL, args: [...(await argsOfChromium()), '--disable-gpu'] });
}

/** A window that several share; each of them has a part of it. */
export async function openShared(chromium: Chromium, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await chromium.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A private window of `chromium`. */
export async function openPrivately(
  chromium: Chromium | Promise<Chromium>,
  options: BrowserContextOptions,
): Promise<Browser> {
  const context = await (await chromium).newContext(options);
  return watched(context, () => context.close());
}

/** A window of its own where the widget keeps what it stores, until it is closed; `shell` as launched here. */
export function openKeeping(shell: Chromium, options: BrowserContextOptions): Promise<Browser> {
  return SHELL_KEEPS ? openPrivately(shell, options) : openBrowser();
}

/** Somebody's part of a window that others use too: closing it closes the pages that were opened by it. */
export function partOf(context: BrowserContext): Browser {
  const complaints: string[] = [];
  const pages: Page[] = [];
  return {
    context,
    complaints,
    page: async () => {
      const page = await context.newPage();
      watch(page, complaints);
      pages.push(page);
      return page;
    },
    close: async () => {
      await Promise.all(pages.map((page) => page.close()));
    },
  };
}

function watched(context: BrowserContext, close: () => Promise<void>): Browser {
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const watchIn = (page: Page): void => watch(page, complaints);
  context.pages().forEach(watchIn);
  context.on('page', watchIn);
  return { context, complaints, page: () => context.newPage(), close };
}

function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
}

/** Complaints about the content security policy. */
export function policyViolations({ complaints }: Browser): string[] {
  return complaints.filter((line) => /content security policy|refused to|violates/i.test(line));
}

/** The widget on the shop's page. */
export function panelOf(page: Page): FrameLocator {
  return page.frameLocator('iframe');
}

export interface ShopOptions {
  readonly language?: 'zh-CN' | 'en';
  /** Runs in the page and each of its frames before anything else. */
  readonly first?: string;
}

export async function openShop(browser: Browser, product: Product, options: ShopOptions = {}): Promise<Page> {
  const { language = 'zh-CN', first } = options;
  const page = await browser.page();
  if (first !== undefined) await page.addInitScript(first);
  await page.goto(`${product.shop}/?lang=${language}`);
  await launcherOf(page).waitFor();
  return page;
}

export function launcherOf(page: Page) {
  return page.getByRole('button', { name: LAUNCHER });
}

/**
 * Opens the panel. The button opens and closes it, so it is pressed once it says that it is closed: the panel's own cross
 * tells the page a moment later. An opened panel takes the focus to its heading: whoever writes before that loses a key.
 */
export async function openPanel(page: Page): Promise<FrameLocator> {
  await page.getByRole('button', { name: LAUNCHER, expanded: false }).click();
  const panel = panelOf(page);
  const heading = panel.locator('[data-screen=widget]:not([data-state=loading]) h1').first();
  await untilTrue(() => heading.evaluate((it) => it === it.ownerDocument.activeElement));
  return panel;
}

/** Closes the panel by its own cross, and waits until the page knows. */
export async function closePanel(page: Page): Promise<void> {
  await panelOf(page)
    .getByRole('button', { name: /^(关闭|Close)$/ })
    .last()
    .click();
  await page.getByRole('button', { name: LAUNCHER, expanded: false }).waitFor();
}

async function untilTrue(done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await done()); await new Promise((after) => setTimeout(after, 20))) {
    if (Date.now() > end) throw new Error('waited in vain');
  }
}

/** Opens the panel, agrees, and answers the frame with its composer ready. */
export async function agreeInWidget(page: Page): Promise<FrameLocator> {
  const panel = await openPanel(page);
  await panel.getByRole('button', { name: /^(同意|Agree)$/ }).click();
  await panel.getByRole('textbox').waitFor();
  return panel;
}

/** Writes and presses Enter. */
export async function say(frame: FrameLocator | Page, text: string): Promise<void> {
  const box = frame.locator('textarea');
  await box.fill(text);
  await box.press('Enter');
}

/** Those whose first screen is the list of conversations. */
type Conversing = Exclude<DemoPerson, 'officer' | 'officer-2'>;

/** Through the form, as people do it. */
export async function signInByForm(page: Page, product: Product, who: Conversing = 'agent'): Promise<void> {
  await page.goto(product.console);
  await page.locator('[data-screen=sign-in]').waitFor();
  await page.locator('#identifier').fill(`${who}@demo.example`);
  await page.locator('#password').fill(product.passwords[who]);
  await page.keyboard.press('Enter');
  await page.locator('[data-screen=conversation-list]').waitFor();
}

/** Puts the cookie of a session into a window. */
export async function bringSession(context: BrowserContext, product: Product, who: DemoPerson): Promise<void> {
  const [name, value] = product.sessions[who].split('=') as [string, string];
  const { hostname: domain } = new URL(product.console);
  await context.addCookies([{ name, value, domain, path: '/', httpOnly: true, secure: true, sameSite: 'Lax' }]);
}

/** Opens the newest of the unassigned; the list that was there before stands until the other one is drawn. */
export async function openUnassigned(page: Page): Promise<void> {
  await page.locator('.nav-item[href$=unassigned]').click();
  await page.locator('a.row[href*="/unassigned/"]').first().click();
}

/** Opens the list of the unassigned and takes the newest. */
export async function takeNewest(page: Page): Promise<void> {
  await openUnassigned(page);
  await page.getByRole('button', { name: /^(接待|Take)$/ }).click();
  await page.locator('.bubble').first().waitFor();
}

/** Everything a page and its frames have put into this browser. */
export async function storedBy(page: Page): Promise<{ cookies: number; keys: string[] }> {
  const keys: string[] = [];
  for (const frame of page.frames()) keys.push(...(await frame.evaluate<string[]>(STORED_KEYS)));
  return { cookies: (await page.context().cookies()).length, keys };
}
