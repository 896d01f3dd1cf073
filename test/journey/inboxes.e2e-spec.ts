import { describeColumn, describeWhere } from '@libs/testing';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, launcherOf, openPrivately, panelOf, policyViolations, say } from './browser.js';
import { axeFaults, checkAllLooks, speak } from './looks.js';
import { membersJourney } from './members.journey.js';
import { queueJourney } from './queue.journey.js';
import { shareStage } from './stage.js';

/** It opens over the tab there; elsewhere it stands beside each of them. */
async function previewOnPhone(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: /^(预览|Preview)$/ }).click();
  await page.frameLocator('iframe.preview-panel').locator('dl').first().waitFor();
  const found: string[] = [];
  for (const frame of page.frames()) found.push(...(await axeFaults(frame)));
  await page.setViewportSize(before);
  return found;
}

/** What looking must not add to. */
const KEPT = ['privacy_data_subject', 'privacy_consent_record', 'chat_message', 'chat_inbox_change'];
const TABS = ['basics', 'look', 'origins', 'notice', 'identity', 'install'] as const;

describeColumn('sqlite', 'inboxes on sqlite', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('sqlite');

    describe('from nothing to the first message', () => {
      it('F-0303 P-0203 P-0204 the wizard makes an inbox, and a visitor of the site writes', async () => {
        const { product } = stage();
        const office = await stage().officeOf('owner');
        const page = await office.page();
        await page.goto(`${product.console}/w/demo/settings/inboxes`);
        await page.getByRole('button', { name: '新建接待渠道' }).click();
        await page.getByLabel('名称').fill('旗舰店客服');
        await page.getByRole('button', { name: '下一步' }).click();
        await page.getByLabel('网站来源').fill('https://*.example');
        await page.getByRole('button', { name: '添加', exact: true }).click();
        await page.getByRole('button', { name: '保存并继续' }).click();
        await page.getByText('不支持通配符，请逐个添加').waitFor();
        await page.getByRole('button', { name: '移除https://*.example' }).click();
        await page.getByLabel('网站来源').fill(product.shop);
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: '保存并继续' }).click();
        await page.getByLabel('处理者名称').fill('晴川商店有限公司');
        await page.getByLabel('联系方式').fill('privacy@shop.example');
        await page.getByRole('button', { name: '保存并继续' }).click();
        await page.getByRole('heading', { name: '外观' }).waitFor();
        await page
          .getByRole('button', { name: '返回', exact: true })
          .or(page.getByRole('button', { name: '上一步' }))
          .click();
        await page.getByRole('button', { name: '发布隐私告知' }).click();
        // Felt by others: the effect first, with the way back in focus.
        await page.getByRole('dialog').getByText('0人需要重新同意').waitFor();
        await page.getByRole('button', { name: '发布', exact: true }).click();
        await page.getByText('生效中：第1版').waitFor();
        await page.getByRole('button', { name: '确认', exact: true }).click();
        await page.getByText(/^已于.+确认$/).waitFor();
        await page.getByRole('button', { name: '下一步' }).click();
        await page.getByLabel('主题色').last().fill('#07C160');
        await page.getByText('白字对比2.38，未达4.5').waitFor();
        await page.getByRole('button', { name: '保存并继续' }).click();
        const solid = page.locator('main .ant-btn-primary, main .ant-btn-color-primary.ant-btn-variant-solid');
        await expect.poll(() => solid.allTextContents(), { timeout: 20_000 }).toEqual(['启用']);
        const key = /data-inbox="([^"]+)"/.exec(
          await page.getByLabel('HTML', { exact: true }).last().inputValue(),
        )![1]!;
        await page.getByRole('button', { name: '启用', exact: true }).click();
        await page.getByText('已启用，访客可以在允许的网站上发起会话').waitFor();
        const visitor = await openPrivately(stage().chromium, { locale: 'zh-CN' });
        const shop = await visitor.page();
        // The shop with the new snippet in place of its own, before the loader runs.
        await shop.addInitScript(`new MutationObserver(() => {
          const snippet = document.querySelector('script[data-inbox]');
          if (snippet) snippet.dataset.inbox = '${key}';
        }).observe(document, { childList: true, subtree: true })`);
        await shop.goto(product.shop);
        await launcherOf(shop).click();
        const panel = panelOf(shop);
        await panel.getByText('晴川商店有限公司').first().waitFor();
        await panel.getByRole('button', { name: '同意', exact: true }).click();
        await say(panel, '新渠道的第一条消息');
        await panel.getByText('已发送').waitFor();
        const hosted = await visitor.page();
        await hosted.goto(`${product.console}/c/${key}`);
        await hosted.frameLocator('iframe').getByText('晴川商店有限公司').first().waitFor();
        await hosted.frameLocator('iframe').getByRole('button', { name: '同意', exact: true }).click();
        await hosted.frameLocator('iframe').getByRole('textbox').waitFor();
        await page.goto(`${product.console}/w/demo/conversations/unassigned`);
        await page.getByText('旗舰店客服').first().waitFor();
        expect([...policyViolations(office), ...policyViolations(visitor)]).toEqual([]);
        await Promise.all([office.close(), visitor.close()]);
      });

      it('F-0108 where the hosted page or the console meets a browser that is too old, it says so under its own policy', async () => {
        const { product } = stage();
        const snippet = await (await fetch(product.shop)).text();
        const old = await openPrivately(stage().chromium, { locale: 'zh-CN' });
        const page = await old.page();
        await page.addInitScript('delete Array.prototype.at; delete Array.prototype.toSorted');
        for (const path of [`/c/${/data-inbox="([^"]+)"/.exec(snippet)![1]!}`, '/sign-in']) {
          await page.goto(product.console + path);
          await page.getByRole('alert').filter({ hasText: '此浏览器版本过旧' }).waitFor();
        }
        expect(policyViolations(old)).toEqual([]);
        await old.close();
      });
    });

    describe('what is easily lost or felt by others', () => {
      it('P-0204 a secret stays until it was saved, rotating says what it does, unsaved changes are asked about', async () => {
        const { product } = stage();
        const office = await stage().officeOf('owner');
        const page = await office.page();
        await page.goto(`${product.console}/w/demo/settings/inboxes`);
        await page.locator('.inbox-card a').first().click();
        await page.getByRole('link', { name: '访客身份' }).click();
        await page.getByRole('button', { name: '生成密钥' }).click();
        const shown = await page.locator('.secret-value').inputValue();
        const dialog = page.getByRole('dialog');
        await page.getByRole('link', { name: '外观' }).click();
        await dialog.getByText('密钥还没有确认保存').waitFor();
        await dialog.getByRole('button', { name: '留在此页' }).click();
        expect(await page.locator('.secret-value').inputValue()).toBe(shown);
        await page.getByRole('button', { name: '我已保存' }).click();
        await page.getByRole('button', { name: '轮换密钥' }).click();
        await dialog.getByText('旧密钥继续有效24小时').waitFor();
        await expect.poll(() => page.evaluate(`document.activeElement?.textContent?.replace(/\\s/g, '')`)).toBe('取消');
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
        expect(await page.locator('.secret-list li').count()).toBe(1);
        await page.getByRole('link', { name: '基本' }).click();
        await page.getByLabel('联系电话').fill('400-820-0000');
        await page.getByText('先保存或放弃更改').waitFor();
        await page.locator('.nav-item[href$=contacts]').click();
        await dialog.getByText('有未保存的更改').waitFor();
        await page.keyboard.press('Escape');
        expect(await page.getByLabel('联系电话').inputValue()).toBe('400-820-0000');
        await page.locator('.nav-item[href$=contacts]').click();
        await dialog.getByRole('button', { name: '放弃并离开' }).click();
        await page.locator('[data-screen=contacts]').waitFor();
        await office.close();
      }, 300_000);
    });

    queueJourney(stage);
    membersJourney(stage);

    describe('everybody can use it', () => {
      it('F-0303 axe finds nothing in any look, and looking stores nothing', async () => {
        const { product } = stage();
        const before = await product.countWhenQuiet(KEPT);
        const office = await stage().officeOf('owner');
        const page = await office.page();
        const found: Record<string, readonly string[]> = {};
        await page.goto(`${product.console}/w/demo/settings/inboxes`);
        for (const locale of ['en', 'zh-CN'] as const) {
          await page.locator('.inbox-card a').first().waitFor();
          await speak(page, locale);
          found[`list ${locale}`] = await checkAllLooks(page, { locale });
          await page.locator('.inbox-card a').first().click();
          for (const tab of TABS) {
            await page.locator(`[data-tab=${tab}] a`).click();
            await page.locator(`[data-tab=${tab}] [aria-current]`).waitFor();
            await page.locator('.inbox-form h2').waitFor();
            found[`${tab} ${locale}`] = await checkAllLooks(page, { locale });
            if (tab === 'look') found[`preview ${locale}`] = await previewOnPhone(page);
          }
          await page.locator('a[href$="/settings/inboxes"]').first().click();
        }
        expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
        expect(policyViolations(office)).toEqual([]);
        expect(Object.values(before).every(Number.isInteger)).toBe(true);
        expect(await product.countWhenQuiet(KEPT)).toEqual(before);
        await office.close();
      }, 300_000);
    });
  });
});
