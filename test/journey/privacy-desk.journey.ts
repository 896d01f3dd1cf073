import { readFileSync } from 'node:fs';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, policyViolations } from './browser.js';
import type { Product } from './product.js';
import type { Stage } from './stage.js';
import { startTalk } from './talk.js';

const MOBILE = '+8613812341234';
const WECHAT = 'field/customer-relations/contact.wechat';
/** How often the page of approvals asks whether somebody has decided. */
const LOOKS_AGAIN_MS = 15_000;

export function privacyDeskJourney(stage: () => Stage): void {
  describe('the officer and the agent', () => {
    let product: Product;
    let browsers: Record<'visitor' | 'agent' | 'officer' | 'second', Browser>;
    let panel: FrameLocator;
    let desk: Page;
    let office: Page;
    let second: Page;
    beforeAll(async () => {
      product = stage().product;
      const [talk, officer, other] = await Promise.all([
        startTalk(stage(), '榨汁机收到就不转了'),
        stage().officeOf('officer'),
        stage().officeOf('officer-2'),
      ]);
      ({ panel, desk } = talk);
      browsers = { visitor: talk.visitor, agent: talk.office, officer, second: other };
    });
    afterAll(async () => {
      await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
    });

    it('P-0112 a field without consent says so before anybody types; the person can be asked', async () => {
      await factOf(desk, 'mobile').getByText('未获同意').waitFor();
      expect(await desk.getByRole('button', { name: /^填写/ }).count()).toBe(0);
      await factOf(desk, 'mobile').getByRole('button', { name: '请求同意' }).click();
      await factOf(desk, 'mobile').getByText('已请求同意，等待本人决定').waitFor();
    });

    it('P-0105 the person agrees to the record, to the number and to the account, each by itself; then they can be filled in', async () => {
      await panel.getByRole('button', { name: '我的个人信息' }).first().click();
      for (const scope of ['purpose/customer-relations', 'field/customer-relations/contact.mobile', WECHAT]) {
        const choice = panel.locator(`.choice[data-scope="${scope}"]`);
        await choice.getByRole('switch').click();
        await choice.locator('.pair button').last().click();
        await panel.locator(`.choice[data-scope="${scope}"][data-state=granted]`).waitFor();
      }
      await factOf(desk, 'mobile').getByRole('button', { name: '填写手机' }).click();
      await factOf(desk, 'mobile').locator('input').fill('138 1234 1234');
      await factOf(desk, 'wechat').getByRole('button', { name: '填写微信' }).click();
      await factOf(desk, 'wechat').locator('input').fill('linxw_88');
    });

    it('P-0112 what is taken back meanwhile is named and stays as typed, what is allowed is saved', async () => {
      await panel.locator(`.choice[data-scope="${WECHAT}"]`).getByRole('switch').click();
      await panel.locator(`.choice[data-scope="${WECHAT}"][data-state=withdrawn]`).waitFor();
      await factOf(desk, 'wechat').getByText('已撤回同意').waitFor();
      await desk.getByRole('button', { name: '保存', exact: true }).click();
      await desk.getByText('微信未保存：本人选择了不同意或已撤回。其余1项已保存。').waitFor();
      expect(await factOf(desk, 'wechat').locator('input').inputValue()).toBe('linxw_88');
      await desk.getByText('138****1234').waitFor();
      await desk.getByRole('button', { name: '放弃' }).click();
    });

    it('P-1005 reveals in own work with one press, for this look only', async () => {
      expect(await desk.locator('body').textContent()).not.toContain(MOBILE);
      await factOf(desk, 'mobile').getByRole('button', { name: '显示手机' }).click();
      await desk.getByText(MOBILE).waitFor();
      await factOf(desk, 'mobile').getByText('已记录：办理会话').waitFor();
      await desk.locator('textarea').focus();
      await desk.getByText(MOBILE).waitFor({ state: 'detached' });
      expect(await desk.title()).not.toContain('1234');
    });

    it('P-1006 an agent has no desk: no entry, and the address answers so', async () => {
      expect(await desk.locator('a[href*="/privacy"]').count()).toBe(0);
      await desk.goto(`${product.console}/w/demo/privacy/register`);
      await desk.locator('[data-screen=no-permission]').waitFor();
    });

    it('P-0202 a change of the register says beforehand whom it asks again, and becomes a version', async () => {
      office = await openDesk(browsers.officer);
      await office.getByRole('link', { name: '客户档案', exact: true }).click();
      await office.getByLabel('保存月数').fill('36');
      const line = await office.getByText(/^客户档案：改动会要求\d+人重新同意$/).textContent();
      const people = /\d+/.exec(line!)![0];
      // At least those who agree to the function as a whole; who agrees to one of its fields alone counts too.
      expect(Number(people)).toBeGreaterThanOrEqual(Number(await agreedTo(office, '客户档案')));
      const save = office.getByRole('button', { name: `保存并要求${people}人重新同意` });
      await save.click();
      await office.getByText('写明修改说明后才能保存').waitFor();
      await office.getByLabel('修改说明').fill('售后保修期改为三年');
      await save.click();
      await office.getByText('已保存为第2版').waitFor();
      await office.getByRole('link', { name: '与第1版比较' }).click();
      await office.getByRole('heading', { name: '与第1版有1处不同' }).waitFor();
    });

    it('P-1007 showing a field to more people needs a second officer, then it can be applied', async () => {
      await office.getByRole('link', { name: '字段与脱敏' }).click();
      await office.getByLabel('客服看到的称呼').selectOption('plain');
      await office.getByLabel('主管看到的地址').selectOption('none');
      await office.getByText('称呼会让人看到更多，需要另一人审批').waitFor();
      await office.getByLabel('修改说明').fill('客服需要称呼客人');
      await office.getByRole('button', { name: '提交审批' }).click();
      await office.getByText('已提交审批').waitFor();
      // What shows nobody more waits for nobody.
      await office.getByText('已保存为第3版').waitFor();
      await office.clock.install();
      await office.getByRole('link', { name: '审批' }).first().click();
      const own = office.locator('[data-kind=loosen-fields]');
      await own.waitFor();
      expect(await own.getByRole('button', { name: /^通过/ }).count()).toBe(0);
      second = await openDesk(browsers.second);
      await second.getByRole('link', { name: '审批' }).click();
      await second.getByRole('button', { name: /^通过/ }).click();
      await second.locator('[data-approval=approved]').waitFor();
      // The page looks again by itself.
      await office.clock.fastForward(LOOKS_AGAIN_MS);
      await office.getByRole('button', { name: '应用改动' }).waitFor();
      // Nothing of it was kept in the page alone.
      await office.reload();
      await office.getByRole('button', { name: '应用改动' }).click();
      await office.getByText('改动已应用').waitFor();
    });

    it('P-0102 evidence of one consent is downloaded as it is kept', async () => {
      await office.getByRole('link', { name: '同意记录' }).click();
      const button = office.getByRole('button', { name: /^下载凭证/ }).first();
      const [download] = await Promise.all([office.waitForEvent('download'), button.click()]);
      const evidence = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, unknown>;
      expect(evidence).toMatchObject({ schema_version: 'ISO/IEC TS 27560:2023', proof: { intact: true } });
      expect(download.suggestedFilename()).toMatch(/^consent-[\w-]+\.json$/);
    });

    it('P-0404 the officer sees who has seen, and why', async () => {
      await office.getByRole('link', { name: '联系人', exact: true }).click();
      await office.locator('.contact-link').first().click();
      await office.getByRole('link', { name: '谁看过' }).click();
      await office.getByText('王敏').first().waitFor();
      expect(await office.locator('body').textContent()).not.toContain(MOBILE);
    });

    it('F-0111 no page of it broke the content policy', () => {
      expect(Object.values(browsers).flatMap(policyViolations)).toEqual([]);
    });

    /** How many agreed, by the counts that the consents page shows. */
    async function agreedTo(page: Page, scope: string): Promise<string> {
      const other = await page.context().newPage();
      await other.goto(`${product.console}/w/demo/privacy/consents`);
      const row = other.locator('.counts tr', { has: other.getByRole('button', { name: scope, exact: true }) });
      const text = await row.locator('td').first().textContent();
      await other.close();
      return text!;
    }

    const factOf = (page: Page, field: string) => page.locator(`[data-field=${field}]`);

    async function openDesk(browser: Browser): Promise<Page> {
      const page = await browser.page();
      await page.goto(product.console);
      await page.locator('[data-screen=processing-register][data-state=ready]').waitFor();
      return page;
    }
  });
}
