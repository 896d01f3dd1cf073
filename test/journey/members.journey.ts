import type { MemberCapacities, MemberPage } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { call } from './queue.journey.js';
import type { Stage } from './stage.js';

export function membersJourney(stage: () => Stage): void {
  describe('what is done about one member', () => {
    it('F-0201 F-0303 a capacity of their own and enabling them happen at once, and are undone as easily', async () => {
      const { product } = stage();
      const office = await stage().officeOf('owner');
      const page = await office.page();
      await page.goto(`${product.console}/w/demo/settings/members`);
      const { items, total } = await call<MemberPage>(page, 'GET', 'account/members');
      const supervisor = items.find(({ role }) => role === 'supervisor')!;
      const capacity = async () =>
        (await call<MemberCapacities>(page, 'GET', 'chat/routing/members')).items.find(
          ({ id }) => id === supervisor.id,
        )!.capacity;
      await page.getByText(`${total}人`, { exact: true }).waitFor();
      const acts = page.locator('tr', { hasText: supervisor.displayName }).locator('button');
      const dialog = page.getByRole('dialog');
      await acts.click();
      await dialog.getByRole('button', { name: '设置接待上限' }).click();
      await dialog.getByLabel('单独设置').check();
      await dialog.getByLabel('同时进行的会话最多几个').fill('0');
      await dialog.getByRole('button', { name: '保存' }).click();
      await expect.poll(() => dialog.getByRole('spinbutton').getAttribute('aria-invalid')).toBe('true');
      await dialog.getByLabel('同时进行的会话最多几个').fill('2');
      await dialog.getByRole('button', { name: '保存' }).click();
      // It is offered for some seconds, unless the pointer rests on it.
      await page.getByText('接待上限已更改').hover();
      await expect.poll(capacity).toBe(2);
      await page.getByRole('button', { name: /^撤销/ }).click();
      await expect.poll(capacity, { timeout: 20_000 }).toBeNull();
      const { version } = supervisor;
      await call(page, 'POST', `account/members/${supervisor.id}/disable`, { version });
      await page.reload();
      const row = page.locator('tr[data-member=disabled]');
      await row.locator('button').click();
      await dialog.getByText('可以重新登录').waitFor();
      await dialog.getByRole('button', { name: '启用', exact: true }).click();
      await page.getByText(`已启用${supervisor.displayName}`).hover();
      await row.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^撤销/ }).click();
      await row.waitFor();
      await office.close();
    }, 300_000);
  });
}
