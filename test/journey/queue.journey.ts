import type { HoursDetail, InboxList, InboxRouting } from '@libs/contracts';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agreeInWidget, openShop, panelOf, say } from './browser.js';
import { NO_WEBSOCKET } from './page-side.js';
import type { Stage } from './stage.js';

/** A call as the page that is open would make it. */
export function call<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const asked = JSON.stringify([`/api/v1/${path}`, body === undefined ? { method } : init]);
  return page.evaluate(`fetch(...${asked}).then((answer) => answer.json())`) as Promise<T>;
}

export function queueJourney(stage: () => Stage): void {
  describe('visitors who wait', () => {
    it('F-0303 see their place change, over a socket and over HTTP; outside hours they read when somebody is back', async () => {
      const { product, openVisitor } = stage();
      const office = await stage().officeOf('owner');
      const desk = await office.page();
      await desk.goto(product.console);
      await desk.locator('[data-screen=conversation-list]').waitFor();
      const inboxId = (await call<InboxList>(desk, 'GET', 'chat/inboxes')).items[0]!.id;
      const route = async (wish: Partial<InboxRouting>) => {
        const now = await call<InboxRouting>(desk, 'GET', `chat/inboxes/${inboxId}/routing`);
        return call<InboxRouting>(desk, 'PUT', `chat/inboxes/${inboxId}/routing`, { ...now, ...wish });
      };
      expect(await route({ mode: 'least-busy' })).toMatchObject({ mode: 'least-busy', showPlace: true });
      const [first, second, late] = await Promise.all([1, 2, 3].map(() => openVisitor()));
      const [one, two] = await Promise.all([
        openShop(first!, product),
        openShop(second!, product, { first: NO_WEBSOCKET }),
      ]);
      // Whoever came first, by the time they have waited.
      await say(await agreeInWidget(one), '第一位');
      await panelOf(one).getByText('已发送').waitFor();
      const board = async () => {
        await desk.goto(`${product.console}/w/demo/reports/live`);
        await desk.locator('[data-screen=live-board][data-state=ready]').waitFor();
        await desk.locator(`[data-queue="${inboxId}"]`).getByText('2', { exact: true }).waitFor();
      };
      const follows = async () => {
        await say(await agreeInWidget(two), '第二位');
        await panelOf(two).getByText('您前面还有1位').waitFor();
      };
      await Promise.all([panelOf(one).getByText('下一位就是您').waitFor(), follows(), board()]);
      // On a wall, by the button and by its address: the same figures, no way around, and the name of nobody.
      const wall = desk.locator('main[data-wall=dark]');
      for (const open of [
        () => desk.goto(`${product.console}/w/demo/reports/live?wall=true`),
        () => desk.getByRole('button', { name: '大屏显示' }).click(),
      ]) {
        await open();
        await wall.locator(`[data-queue="${inboxId}"]`).getByText('2人等待').waitFor();
        expect(await wall.locator('[data-colleague]').count()).toBe(0);
        await desk.locator('nav').first().waitFor({ state: 'hidden' });
        await wall.getByRole('button', { name: '退出大屏' }).click();
        await desk.locator('[data-screen=live-board][data-state=ready]:not([data-wall])').waitFor();
      }
      await desk.goto(`${product.console}/w/demo/conversations/unassigned`);
      await desk.locator('a.row').filter({ hasText: '第一位' }).click();
      await desk.getByRole('button', { name: /^接待/ }).click();
      await panelOf(two).getByText('下一位就是您').waitFor();
      // Open on the day after tomorrow alone, so that it is closed now, whenever this runs.
      const week = Array.from({ length: 7 }, (_, day) => ({
        periods: day === (new Date().getUTCDay() + 8) % 7 ? [{ from: '09:00', to: '18:00' }] : [],
      }));
      const hours = { name: '两天后', timeZone: 'UTC', week, days: [] };
      const { id: hoursId } = await call<HoursDetail>(desk, 'POST', 'chat/hours', hours);
      await route({ mode: 'manual', hoursId });
      const three = await openShop(late!, product);
      await agreeInWidget(three);
      await panelOf(three)
        .getByText(/^现在不在服务时间，.+开始，您可以留言$/)
        .waitFor();
      await route({ hoursId: null });
      await Promise.all([office, first!, second!, late!].map((browser) => browser.close()));
    }, 300_000);
  });
}
