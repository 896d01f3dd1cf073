import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../world/clients.js';
import { type Browser, openPanel, openShop, say } from './browser.js';
import { NO_WEBSOCKET } from './page-side.js';
import type { Product } from './product.js';
import type { Stage } from './stage.js';
import { startTalk } from './talk.js';

const MESSAGES = '**/api/v1/chat/widget/messages*';

export function fallbackJourney(stage: () => Stage): void {
  describe('a visitor whose network blocks WebSocket, and two agents', () => {
    let product: Product;
    let visitor: Browser;
    let office: Browser;
    let colleague: Browser | undefined;
    let shop: Page;
    let panel: FrameLocator;
    let desk: Page;
    beforeAll(async () => {
      product = stage().product;
      ({ visitor, office, shop, panel, desk } = await startTalk(stage(), '走备用线路', { first: NO_WEBSOCKET }));
    });
    afterAll(async () => {
      await Promise.all([visitor?.close(), office?.close(), colleague?.close()]);
    });

    it('F-0301 F-0310 writes and reads over plain HTTP, from the first message on', async () => {
      await panel.getByText('已改用备用连接').waitFor();
      await say(desk, '轮询收到');
      await panel.getByText('轮询收到').waitFor();
      await say(panel, '第二条');
      await desk.locator('.bubble-text', { hasText: '第二条' }).waitFor();
    });

    it('F-0304 a text the server refuses stays, says so and can be changed and sent', async () => {
      await visitor.context.route(MESSAGES, (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        const problem = { type: 'about:blank', title: 'Refused', status: 422, code: 'chat.packet-invalid' };
        return route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) });
      });
      await say(panel, '被拒绝的');
      await panel.getByText('这条消息无法发送。可修改后重新发送。').waitFor();
      await visitor.context.unroute(MESSAGES);
      await panel.getByRole('button', { name: '修改' }).click();
      await expect.poll(() => panel.locator('textarea').inputValue()).toBe('被拒绝的');
      await say(panel, '改好了');
      await desk.locator('.bubble-text', { hasText: '改好了' }).waitFor();
      await expect.poll(() => panel.locator('.row .text').allTextContents()).not.toContain('被拒绝的');
    });

    it('F-0310 goes back to the socket and misses nothing', async () => {
      await shop.close();
      const page = await openShop(visitor, product);
      panel = await openPanel(page);
      await panel.getByText('改好了').waitFor();
      await panel.locator('[data-state=conversation-up]').waitFor();
      await expect
        .poll(async () => (await panel.locator('.row .text').allTextContents()).slice(-4))
        .toEqual(['走备用线路', '轮询收到', '第二条', '改好了']);
    });

    it('F-0301 a colleague who looks on sees who types and who answers', async () => {
      colleague = await stage().officeOf('owner');
      const second = await colleague.page();
      await second.goto(product.console);
      await second.locator('.nav-item[href$=all]').click();
      const id = new URL(desk.url()).pathname.split('/').at(-1);
      await second.locator(`a[data-conversation="${id}"]`).click();
      await second.locator('.bubble-text', { hasText: '改好了' }).waitFor();
      // Shown to those who watch by then, and for some seconds: typed until they do.
      const typing = second.getByText('王敏正在输入回复…');
      await until(async () => {
        await desk.locator('textarea').pressSequentially('您', { delay: 100 });
        return typing.isVisible();
      });
      await say(desk, '您好');
      await second.locator('.bubble-text', { hasText: /^您好$/ }).waitFor();
      await second.getByText('王敏', { exact: true }).first().waitFor();
    });
  });
}
