import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../world/clients.js';
import {
  type Browser,
  launcherOf,
  openPanel,
  openPrivately,
  openShop,
  panelOf,
  policyViolations,
  say,
} from './browser.js';
import { axeFaults } from './looks.js';
import { HOSTILE_STYLE, LAYOUT_SHIFT, NOTED_EVENTS, TOP_AT } from './page-side.js';
import type { Product } from './product.js';
import type { Stage } from './stage.js';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** The pages that embed the widget: their own styles, policies, scripts and screens. */
export function widgetHostJourney(stage: () => Stage): void {
  describe('the widget on other people’s pages', () => {
    let product: Product;
    let visitor: Browser | undefined;
    beforeAll(() => {
      product = stage().product;
    });
    afterEach(async () => {
      await visitor?.close();
      visitor = undefined;
    });

    const open = async (viewport: { width: number; height: number }, options = {}): Promise<Browser> => {
      visitor = await openPrivately(stage().chromium, { viewport, locale: 'zh-CN', ...options });
      return visitor;
    };
    /** A page of the shop's origin with this body; written over one of its files, because a page out of thin air is not local. */
    const serve = async (browser: Browser, body: string, first = ''): Promise<Page> => {
      const key = /data-inbox="([^"]+)"/.exec(await (await fetch(product.shop)).text())![1]!;
      const snippet = `<script src="${product.console}/widget/loader.js" data-inbox="${key}" async></script>`;
      await browser.context.route('**/hostile.css', (route) =>
        route.fulfill({ contentType: 'text/css', body: HOSTILE_STYLE }),
      );
      const page = await browser.page();
      await page.goto(`${product.shop}/shop.css`);
      await page.evaluate(first);
      const html = `<!doctype html><html lang="zh-CN"><title>别家</title>${body}`;
      await page.setContent(html.replaceAll('SNIPPET', snippet));
      return page;
    };

    it('F-0303 survives styles that unset everything, a strict policy and moves nothing on the page', async () => {
      const browser = await open(DESK);
      const policy = `default-src 'none'; script-src ${product.console}; connect-src ${product.console}; frame-src ${product.console}; style-src 'self'; require-trusted-types-for 'script'`;
      const page = await serve(
        browser,
        `<meta http-equiv="content-security-policy" content="${policy}"><link rel="stylesheet" href="/hostile.css">
        <body><h1>别家的页面</h1><div class="cover"></div>SNIPPET`,
      );
      await launcherOf(page).waitFor();
      await expect.poll(() => launcherOf(page).boundingBox()).toEqual({ x: 1364, y: 824, width: 56, height: 56 });
      await expect.poll(() => page.evaluate(TOP_AT(1392, 852))).toBe('Live chat host');
      await (await openPanel(page)).locator('dl').waitFor();
      await expect.poll(() => page.locator('iframe').boundingBox()).toMatchObject({ width: 384, height: 640 });
      expect(await page.evaluate(LAYOUT_SHIFT)).toBe(0);
      expect(policyViolations(browser)).toEqual([]);
    });

    it('F-0303 several snippets are one widget; commands wait for it, events tell no text', async () => {
      const browser = await open(DESK);
      const page = await serve(browser, '<body>SNIPPETSNIPPETSNIPPET', NOTED_EVENTS);
      const panel = panelOf(page);
      await panel.getByRole('heading', { name: 'Before we start' }).waitFor();
      expect(await page.locator('iframe').count()).toBe(1);
      expect(await launcherOf(page).count()).toBe(1);
      await page.evaluate("Custodia('locale', 'zh-CN')");
      await panel.getByRole('heading', { name: '开始前，请了解我们如何处理您的信息' }).waitFor();
      await panel.getByRole('button', { name: '同意', exact: true }).click();
      await panel.getByRole('textbox').waitFor();
      await say(panel, '不给别人看的话');
      await panel.getByText('已发送').waitFor();
      const noted = () => page.evaluate<string[]>('noted');
      // The page hears of it a moment after the panel shows it.
      await until(async () => (await noted()).includes('message {"from":"visitor"}'));
      await page.evaluate("Custodia('close'); Custodia('nothing'); Custodia('open')");
      await expect
        .poll(noted)
        .toEqual(['open {}', 'ready {}', 'unread {"count":0}', 'message {"from":"visitor"}', 'close {}', 'open {}']);
    });

    it('F-0303 a statement of the site is shown before the first message and again with the token', async () => {
      const browser = await open(DESK);
      const shown: { body: unknown; known: boolean }[] = [];
      await browser.context.route('**/api/v1/chat/widget/identities', (route) => {
        const known = route.request().headers().authorization !== undefined;
        shown.push({ body: route.request().postDataJSON(), known });
        const answer = { linked: known, dropped: [] };
        return route.fulfill({ contentType: 'application/json', body: JSON.stringify(answer) });
      });
      const page = await serve(browser, '<body>SNIPPET', NOTED_EVENTS);
      await page.evaluate("Custodia('identify', 'header.payload.mark')");
      const panel = panelOf(page);
      await until(async () => shown.length === 1);
      await panel.getByRole('button', { name: 'Agree', exact: true }).click();
      await panel.getByRole('textbox').waitFor();
      await say(panel, '我登录了');
      await panel.getByText('Sent').waitFor();
      await until(async () => shown.length === 2);
      expect(shown.map(({ known }) => known)).toEqual([false, true]);
      expect(shown[1]!.body).toMatchObject({ statement: 'header.payload.mark' });
      await until(async () => (await page.evaluate<string[]>('noted')).includes('identity {"linked":true}'));
    });

    it('F-0303 on a phone it fills the screen and the way back closes it', async () => {
      const browser = await open(PHONE, { hasTouch: true, isMobile: true });
      const page = await openShop(browser, product);
      const address = page.url();
      await launcherOf(page).tap();
      await panelOf(page).locator('dl').waitFor();
      await expect.poll(() => page.locator('iframe').boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
      expect(await page.evaluate('document.documentElement.style.overflow')).toBe('hidden');
      await page.goBack();
      await page.locator('iframe').waitFor({ state: 'hidden' });
      expect(page.url()).toBe(address);
      await expect.poll(() => page.evaluate('document.documentElement.style.overflow')).toBe('');
      await launcherOf(page).tap();
      await panelOf(page).getByRole('button', { name: '关闭' }).tap();
      await page.locator('iframe').waitFor({ state: 'hidden' });
      expect(page.url()).toBe(address);
    });

    it.each([
      { what: 'zoomed to 200 %', viewport: { width: 720, height: 450 } },
      { what: 'on a low screen', viewport: { width: 844, height: 390 } },
      { what: 'on the narrowest', viewport: { width: 320, height: 568 } },
    ])('F-0303 $what: everything stays in sight', async ({ viewport }) => {
      const browser = await open(viewport, { reducedMotion: 'reduce' });
      const page = await openShop(browser, product, { language: 'en' });
      const panel = await openPanel(page);
      await panel.getByRole('button', { name: 'Agree', exact: true }).click();
      await panel.getByRole('textbox').waitFor();
      await say(panel, 'Hello');
      await panel.getByText('Sent').waitFor();
      await panel.getByText('cannot be restored').waitFor();
      for (const place of [panel.locator('textarea'), panel.getByRole('button', { name: 'Close' })]) {
        await expect.poll(async () => (await place.boundingBox())!.y).toBeGreaterThanOrEqual(0);
        const bottom = async (): Promise<number> => {
          const { y, height } = (await place.boundingBox())!;
          return y + height;
        };
        await expect.poll(bottom).toBeLessThanOrEqual(viewport.height);
      }
      const frame = page.frames().at(-1)!;
      await expect.poll(() => frame.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await axeFaults(frame)).toEqual([]);
    });
  });
}
