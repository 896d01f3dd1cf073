import { readFileSync } from 'node:fs';
import { describeWhere } from '@libs/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM, launchShell } from '../journey/browser.js';
import { type GalleryServer, startGallery } from './gallery-server.js';

/** As in a browser of 2021, which reads the console's syntax and has less than it needs. */
const OF_2021 = `(() => {
  delete Array.prototype.toSorted;
  delete HTMLElement.prototype.showPopover;
  delete Element.prototype.checkVisibility;
})()`;
/** And one that the widget is too new for. */
const WITHOUT_AT = 'delete Array.prototype.at';

const [ZH, EN] = ['此浏览器版本过旧', 'This browser is too old'];
/** What nobody of before 2015 can read. */
const MODERN = /=>|`|\?\.|\?\?|\.{3}|,\s*[)\]}]|\b(?:let|const|class|async|await|of|import|export)\b/;

describeWhere(CHROMIUM, 'old browsers at the doors', () => {
  let server: GalleryServer;
  let chromium: Browser;
  beforeAll(async () => {
    [server, chromium] = await Promise.all([startGallery(process.cwd()), launchShell()]);
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
  });

  async function open(path: string, before: string, options: BrowserContextOptions = {}): Promise<Page> {
    server.play({});
    const context = await chromium.newContext(options);
    context.setDefaultTimeout(20_000);
    if (before !== '') await context.addInitScript(before);
    const page = await context.newPage();
    await page.goto(server.origin + path);
    return page;
  }
  const warning = (page: Page) => page.getByRole('alert').filter({ hasText: EN });
  const isSignIn = (page: Page) => page.locator('[data-screen=sign-in][data-state=ready]').waitFor();

  it('F-0108 who lacks what the console needs is warned in both languages, signs in all the same and can put it away', async () => {
    const page = await open('/sign-in', OF_2021);
    await warning(page).filter({ hasText: ZH }).waitFor();
    await isSignIn(page);
    await page.locator('input').first().fill('somebody@list.example');
    await warning(page).getByRole('button').click();
    expect(await warning(page).count()).toBe(0);
    await page.context().close();
  });

  it('F-0108 where the scripts of the console or the widget cannot even be read, the warning still stands there', async () => {
    for (const path of ['/sign-in', '/widget/panel/gallery']) {
      const page = await open('/favicon.svg', '');
      await page.route(/\/(assets\/index-[^/]+|widget\/panel)\.js$/, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: 'a newer b than this one c' }),
      );
      await page.goto(server.origin + path);
      await warning(page).filter({ hasText: ZH }).waitFor();
      expect(await page.locator('#root').innerHTML()).toBe('');
      await page.context().close();
    }
  });

  it('F-0108 the panel of the widget warns likewise, and works on as far as it can', async () => {
    const page = await open('/widget/panel/gallery', WITHOUT_AT);
    await warning(page).filter({ hasText: ZH }).waitFor();
    await page.context().close();
  });

  it('F-0108 a script of somebody else that cannot be read warns nobody: of the shop, or put into the page', async () => {
    const page = await open('/widget/panel/gallery', '');
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.locator('[data-screen=widget]').waitFor();
    await page.addScriptTag({ content: 'a newer b than this one c' });
    await expect.poll(() => faults.length).toBe(1);
    expect(await page.locator('#old-browser').textContent()).toBe('');
    await page.goto(server.shop);
    await page.locator('[aria-haspopup=dialog]').click();
    await page.frameLocator('iframe').locator('[data-screen=widget]').waitFor();
    await page.addScriptTag({ content: 'a newer b than this one c' });
    await expect.poll(() => faults.length).toBe(2);
    expect(await page.frameLocator('iframe').locator('#old-browser').textContent()).toBe('');
    await page.context().close();
  });

  it('F-0108 nobody is warned or stopped for what the browser calls itself', async () => {
    for (const userAgent of [' ', 'MSIE 6.0', '\u00ff<script>', 'Version/1'.repeat(400)]) {
      const page = await open('/sign-in', '', { userAgent });
      await isSignIn(page);
      expect(await page.evaluate<string>('navigator.userAgent')).toBe(userAgent);
      expect(await warning(page).count()).toBe(0);
      await page.context().close();
    }
  });

  it('F-0108 the script that warns is written for the oldest', () => {
    const code = readFileSync('apps/widget/old-browser.js', 'utf8').replaceAll(/\/\/.*/g, '');
    expect(code).not.toMatch(MODERN);
    for (const page of ['apps/console/index.html', 'apps/widget/panel.html', 'apps/chat/src/hosted/hosted.html']) {
      const html = readFileSync(page, 'utf8');
      const [at, script, root] = ['id="old-browser"', 'src="/widget/old-browser.js"', /id="root"|<main>/];
      expect([page, html.indexOf(at) > 0, html.indexOf(at) < html.indexOf(script)]).toEqual([page, true, true]);
      expect(html.indexOf(script)).toBeLessThan(html.search(root));
      for (const text of [ZH, EN]) expect(html).not.toContain(text);
    }
    for (const text of [ZH, EN]) expect(code.split(text)).toHaveLength(2);
  });
});
