import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../world/clients.js';
import { type Browser, closePanel, openPanel, openShop, panelOf, policyViolations, say } from './browser.js';
import { axeFaults } from './looks.js';
import { LOOK } from './page-side.js';
import type { Product } from './product.js';
import type { Stage } from './stage.js';
import { startTalk } from './talk.js';

const LOOKALIKE = 'https://аррӏе.com/login?order=7';
const REAL_HOST = 'xn--80ak6aa92e.com';

/** What people expect of a chat widget beyond writing and reading. */
/** `looks`: also what the panel does by itself, whatever lies below it, and what axe says of its states. */
export function widgetJourney(stage: () => Stage, looks: boolean): void {
  describe('the widget as people expect it', () => {
    let product: Product;
    let visitor: Browser;
    let office: Browser;
    let shop: Page;
    let panel: FrameLocator;
    let desk: Page;
    beforeAll(async () => {
      product = stage().product;
      ({ visitor, office, shop, panel, desk } = await startTalk(stage(), '榨汁机收到就不转了'));
    });
    afterAll(async () => {
      await Promise.all([visitor?.close(), office?.close()]);
    });

    const axe = async () => (looks ? axeFaults(shop.frames().at(-1)!) : []);

    it('F-0310 unread messages are counted on the button of each tab, and reading in one reads in all', async () => {
      const tab = await openShop(visitor, product);
      await closePanel(shop);
      await say(desk, '第一条');
      await say(desk, '第二条');
      const name = { name: '在线客服，未读2条' };
      await Promise.all([shop, tab].map((page) => page.getByRole('button', name).waitFor()));
      await expect.poll(() => shop.frames().at(-1)!.title()).toBe('(2) 晴川商店在线客服');
      await (await openPanel(tab)).getByText('第二条').waitFor();
      await shop.getByRole('button', { name: '在线客服', exact: true }).waitFor();
      await say(panelOf(tab), '在另一页回复');
      await panel.getByText('在另一页回复').waitFor({ state: 'attached' });
      await tab.close();
      await openPanel(shop);
      await say(panel, '这一页还在');
      await desk.locator('.bubble-text', { hasText: '这一页还在' }).waitFor();
    });

    it('F-0304 emoji alone are large, right-to-left text runs its own way, hidden marks are drawn', async () => {
      await say(panel, '👍🏽');
      await panel.locator('.emoji', { hasText: '👍🏽' }).waitFor();
      await say(panel, 'مرحبا، الطلب 7');
      const rtl = panel.locator('.row .text', { hasText: 'مرحبا' });
      await rtl.waitFor();
      expect((await rtl.evaluate(LOOK)).style.direction).toBe('rtl');
      await say(panel, '发票\u202Egpj.exe');
      await panel.locator('.row .text', { hasText: '发票□gpj.exe' }).waitFor();
    });

    it('F-1601 each version of the notice can be read, the one agreed to is marked', async () => {
      await panel.getByRole('button', { name: '菜单' }).click();
      await panel.getByRole('menuitem', { name: '隐私政策' }).click();
      const version = panel.locator('.versions li').first();
      await version.getByText('现行').waitFor();
      await version.getByText('您同意的版本').waitFor();
      expect(await axe()).toEqual([]);
      await version.getByRole('button').click();
      await panel.getByRole('heading', { name: '隐私政策 第1版' }).waitFor();
      await panel.getByRole('button', { name: '返回' }).click();
      await panel.getByRole('button', { name: '返回' }).click();
      await panel.locator('textarea').waitFor();
    });

    if (looks) {
      it('P-0705 a link opens with a notice that names the real host; nothing about the person goes along', async () => {
        const asked: { url: string; referer: string | undefined }[] = [];
        await visitor.context.route(`https://${REAL_HOST}/**`, async (route) => {
          asked.push({ url: route.request().url(), referer: route.request().headers().referer });
          await route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' });
        });
        await say(desk, `请看${LOOKALIKE}，不是javascript:alert(1)`);
        const link = panel.locator('.row a');
        await link.waitFor();
        expect(await link.allTextContents()).toEqual([LOOKALIKE]);
        await link.click();
        const notice = panel.getByRole('dialog', { name: '即将打开其他网站' });
        await notice.getByText(REAL_HOST, { exact: true }).waitFor();
        await notice.getByText('网址写作“аррӏе.com”').waitFor();
        expect(await axe()).toEqual([]);
        await shop.keyboard.press('Escape');
        await notice.waitFor({ state: 'detached' });
        await panel.locator('textarea').waitFor();
        expect(asked).toEqual([]);
        await link.click({ button: 'middle' });
        const [elsewhere] = await Promise.all([
          visitor.context.waitForEvent('page'),
          notice.getByRole('link', { name: '打开' }).click(),
        ]);
        await until(async () => asked.length > 0);
        expect(asked).toEqual([{ url: `https://${REAL_HOST}/login?order=7`, referer: undefined }]);
        // Until then what stands there is the empty page that it begins with.
        await elsewhere.waitForURL(`https://${REAL_HOST}/**`);
        expect(await elsewhere.evaluate('window.opener')).toBeNull();
        await elsewhere.close();
        await notice.waitFor({ state: 'detached' });
      });

      it('F-0304 the tone is off until it is switched on, for all tabs', async () => {
        await panel.getByRole('button', { name: '菜单' }).click();
        const tone = panel.getByRole('menuitemcheckbox', { name: '新消息提示音' });
        expect(await tone.getAttribute('aria-checked')).toBe('false');
        await tone.click();
        await expect.poll(() => tone.getAttribute('aria-checked')).toBe('true');
        expect(await axe()).toEqual([]);
        await tone.press('Escape');
        await shop.reload();
        panel = await openPanel(shop);
        await panel.getByText('这一页还在').waitFor();
        await panel.getByRole('button', { name: '菜单' }).click();
        await panel.getByRole('menuitemcheckbox', { name: '新消息提示音', checked: true }).click();
        await panel.getByRole('menuitemcheckbox', { name: '新消息提示音', checked: false }).press('Escape');
      });

      it('F-0310 a panel that was drawn while it was hidden opens with a field of one line', async () => {
        await shop.reload();
        await panel.locator('textarea').waitFor({ state: 'attached' });
        panel = await openPanel(shop);
        await expect.poll(() => panel.locator('textarea').evaluate((field) => field.clientHeight)).toBeLessThan(50);
      });

      it('F-0304 a huge paste is counted and clearly refused, and nothing of it is lost', async () => {
        const box = panel.locator('textarea');
        await box.fill('字'.repeat(9_000));
        await panel.getByText('9,000/10,000').waitFor();
        await box.fill('字'.repeat(10_412));
        await panel.getByText('消息有10412个字符，上限为10000。请缩短或分两条发送。').waitFor();
        await box.press('Enter');
        expect((await box.inputValue()).length).toBe(10_412);
        expect(await axe()).toEqual([]);
        await box.fill('');
      });
    }

    it('no browser reports a violation of the content security policy', () => {
      expect([...policyViolations(visitor), ...policyViolations(office)]).toEqual([]);
    });
  });
}
