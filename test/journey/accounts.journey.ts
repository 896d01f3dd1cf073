import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../world/authenticator-app.js';
import { type Browser, policyViolations } from './browser.js';
import { checkAllLooks } from './looks.js';
import type { Stage } from './stage.js';

const PASSWORD = 'Kite-Lantern-48-River';
const OWNER = 'lin@shop.example';

/** A stranger opens a workspace, a colleague joins it and leaves again. `looks`: also every screen in all its looks. */
export function accountsJourney(stage: () => Stage, looks: boolean): void {
  describe('a workspace of one’s own', () => {
    let browsers: Browser[];
    let owner: Page;
    let guest: Page;
    /** Of nobody who is signed in. */
    let stranger: Page;
    let base: string;
    let recovery: string[];
    const found: Record<string, string[]> = {};
    const look = async (screen: string, page: Page): Promise<void> => {
      if (looks) found[screen] = await checkAllLooks(page);
    };
    const open = async (): Promise<Page> => {
      const browser = await stage().openOffice();
      browsers.push(browser);
      return browser.page();
    };
    beforeAll(async () => {
      browsers = [];
      base = stage().product.console;
      owner = await open();
    });
    afterAll(async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
    });

    it('F-0106 the door says the same of a wrong password and of nobody, and keeps what was typed', async () => {
      await owner.goto(`${base}/sign-in`);
      await owner.getByRole('link', { name: '创建工作区' }).waitFor();
      await look('sign-in', owner);
      for (const who of ['owner@demo.example', 'nobody@demo.example']) {
        await owner.locator('#identifier').fill(who);
        await owner.locator('#password').fill('wrong');
        // What the answer before said still stands there.
        const answered = owner.waitForResponse(
          (answer) => answer.url().endsWith('/sign-in') && answer.status() === 401,
        );
        await owner.keyboard.press('Enter');
        await answered;
        await owner.getByText('账号或密码不正确').waitFor();
        expect(await owner.locator('#identifier').inputValue()).toBe(who);
      }
      await look('wrong pair', owner);
      await owner.getByRole('link', { name: '忘记密码' }).click();
      await owner.locator('[data-screen=reset]:not([data-state=loading])').waitFor();
      await look('reset', owner);
    });

    it('F-0101 a stranger opens a workspace; each fault stands at its field, nothing is ticked beforehand', async () => {
      await owner.goto(`${base}/sign-up`);
      await owner.locator('#kind').waitFor();
      expect(await owner.locator('input[type=checkbox]:checked').count()).toBe(0);
      await owner.getByRole('button', { name: '创建工作区' }).click();
      await owner.locator('#mobile-error').getByText('填写手机号').waitFor();
      await expect.poll(() => owner.evaluate('document.activeElement.id')).toBe('kind');
      await look('sign-up with faults', owner);
      await owner.locator('#kind').selectOption('legal-person');
      await owner.locator('#workspaceName').fill('晨光文具');
      await owner.locator('#name').fill('林晓雯');
      await owner.locator('#mobile').fill('138 0013 8001');
      await owner.locator('#email').fill(OWNER);
      await owner.locator('#password').fill(PASSWORD);
      await agree(owner);
      await owner.getByRole('button', { name: '创建工作区' }).click();
      await owner.locator('[data-screen=member-notice][data-state=ready]').waitFor();
    });

    it('P-0207 nothing is reached before the notice is confirmed', async () => {
      await look('notice', owner);
      await owner.goto(`${base}/`);
      await owner.locator('[data-screen=member-notice][data-state=ready]').waitFor();
      await owner.getByRole('button', { name: '我已知晓' }).click();
      await owner.locator('[data-screen=factor-setup]').waitFor();
    });

    it('P-1008 an owner sets up the second factor before anything else', async () => {
      await owner.locator('#current').fill(PASSWORD);
      await owner.keyboard.press('Enter');
      const key = owner.locator('.factor-secret code');
      await key.waitFor();
      await look('second factor', owner);
      await owner.locator('#code').fill(codeOf((await key.textContent())!.replaceAll(' ', ''), Date.now()));
      await owner.keyboard.press('Enter');
      await owner.locator('.recovery-codes li').first().waitFor();
      await look('recovery codes', owner);
      recovery = await owner.locator('.recovery-codes li').allTextContents();
      await owner.getByRole('button', { name: '完成' }).click();
      await owner.getByText('先保存恢复码，再勾选').waitFor();
      await owner.locator('#kept').check();
      await owner.getByRole('button', { name: '完成' }).click();
      await owner.locator('[data-screen=conversation-list]').waitFor();
    });

    it('F-0201 F-0303 a colleague is invited, joins with a new account and goes online', async () => {
      await owner.getByRole('link', { name: '设置', exact: true }).click();
      await owner.getByRole('button', { name: '邀请成员' }).click();
      await owner.locator('dialog textarea').fill('zhou@shop.example');
      await look('inviting', owner);
      await owner.getByRole('button', { name: '发送邀请' }).click();
      const link = owner.getByLabel('zhou@shop.example');
      await link.waitFor();
      await look('invited', owner);
      const { pathname, hash } = new URL(await link.inputValue());
      await owner.locator('dialog').getByRole('button', { name: '关闭' }).click();
      guest = await open();
      await guest.goto(base + pathname + hash);
      await guest.getByText('林晓雯邀请你加入“晨光文具”').waitFor();
      await look('invitation', guest);
      await guest.locator('#name').fill('周宁');
      await guest.locator('#mobile').fill('139 0013 8002');
      await guest.locator('#password').fill(PASSWORD);
      await agree(guest);
      await guest.getByRole('button', { name: '接受邀请' }).click();
      await guest.getByRole('button', { name: '我已知晓' }).click();
      await guest.locator('[data-screen=conversation-list][data-state=empty]').waitFor();
      // Nothing is theirs yet, and the list says why nothing comes.
      await guest.getByRole('button', { name: '设为在线' }).click();
      await guest.locator('.nav-presence[data-availability=online]').waitFor();
      await guest.getByRole('button', { name: '设为在线' }).waitFor({ state: 'detached' });
      stranger = await open();
      await stranger.goto(base + pathname + hash);
      await stranger.locator('[data-screen=invitation][data-state=used]').waitFor();
      await look('invitation used', stranger);
    }, 150_000);

    it('F-0208 the last owner is kept, with the reason; another role takes effect', async () => {
      await owner.reload();
      await owner.getByRole('button', { name: '对林晓雯的操作' }).click();
      await owner.getByText('唯一的所有者不能停用').waitFor();
      await expect.poll(() => owner.getByRole('button', { name: '停用成员' }).isDisabled()).toBe(true);
      await look('last owner', owner);
      await owner.keyboard.press('Escape');
      await owner.getByRole('button', { name: '对周宁的操作' }).click();
      await owner.getByRole('button', { name: '更改角色' }).click();
      await owner.locator('dialog select').selectOption('supervisor');
      await owner.getByRole('button', { name: '更改角色' }).click();
      await owner.locator('tr', { hasText: '周宁' }).getByText('主管').waitFor();
      await look('members', owner);
      // Who works on learns of it there: no new sign-in, no reload.
      await guest.locator('[data-screen=conversation-list]').waitFor();
      await guest.locator('nav a[href$="/live"]').first().waitFor();
      await guest.goto(`${base}/w/${slugOf(owner)}/settings/members`);
      await guest.locator('[data-screen=no-permission]').waitFor();
    });

    it('F-0114 settings and one’s own pages show what is held', async () => {
      for (const [place, screen] of PAGES) {
        await owner.goto(`${base}/w/${slugOf(owner)}/settings/${place}`);
        await owner.locator(`[data-screen=${screen}][data-state=ready]`).waitFor();
        await look(screen, owner);
      }
      await owner.goto(`${base}/w/${slugOf(owner)}/settings/me/profile`);
      await owner.getByText(OWNER).waitFor();
      await owner.getByLabel('昵称').fill('小雯');
      await owner.getByRole('button', { name: '保存' }).click();
      await owner.getByText('已保存').waitFor();
      await owner.reload();
      await expect.poll(() => owner.getByLabel('昵称').inputValue()).toBe('小雯');
    }, 150_000);

    it('F-0208 disabling ends the other one’s session at once', async () => {
      await guest.goto(`${base}/w/${slugOf(owner)}/conversations/mine`);
      await guest.locator('[data-line=online]').waitFor({ state: 'attached' });
      await owner.goto(`${base}/w/${slugOf(owner)}/settings/members`);
      await owner.getByRole('button', { name: '对周宁的操作' }).click();
      await owner.getByRole('button', { name: '停用成员' }).click();
      await owner.getByText('没有未完成的会话').waitFor();
      await look('disabling', owner);
      await owner.getByRole('button', { name: '停用成员' }).click();
      await guest.locator('[data-screen=sign-in]').waitFor();
      await owner.locator('tr', { hasText: '周宁' }).getByText('停用').waitFor();
    });

    it('P-1008 signing in again takes the second factor; a recovery code works once', async () => {
      const again = stranger;
      await again.goto(`${base}/sign-in`);
      await again.locator('#identifier').fill(OWNER);
      await again.locator('#password').fill(PASSWORD);
      await again.keyboard.press('Enter');
      await again.locator('[data-screen=second-step]').waitFor();
      await look('second step', again);
      await again.getByRole('button', { name: '使用恢复码' }).click();
      await look('recovery code', again);
      await again.locator('#code').fill(recovery[0]!);
      await again.keyboard.press('Enter');
      await again.locator('[data-screen=conversation-list]').waitFor();
      await again.goto(`${base}/sign-in`);
      await again.locator('[data-screen=sign-in][data-state=already]').waitFor();
      await look('already signed in', again);
    });

    it('F-0111 nothing of it broke the content policy, and axe found nothing in any look', () => {
      expect(browsers.flatMap(policyViolations)).toEqual([]);
      const faults = Object.entries(found).filter(([, list]) => list.length > 0);
      expect(Object.fromEntries(faults)).toEqual({});
    });
  });
}

const PAGES = [
  ['roles', 'roles'],
  ['workspace', 'workspace'],
  ['security', 'workspace-security'],
  ['me/profile', 'profile'],
  ['me/security', 'my-security'],
] as const;

function slugOf(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2]!;
}

async function agree(page: Page): Promise<void> {
  for (const id of ['privacyPolicy', 'processingTerms', 'adult']) await page.locator(`#${id}`).check();
}
