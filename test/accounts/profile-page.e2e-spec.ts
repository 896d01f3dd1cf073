import { describeColumns, describeWhere } from '@libs/testing';
import { afterAll, expect, it } from 'vitest';
import { openSmsCounterpart, type SmsCounterpart } from '../../libs/outgoing/src/testing/sms-counterpart.js';
import { CHROMIUM, signIn } from '../journey/browser.js';
import { codeSignInJourney } from '../journey/code-sign-in.journey.js';
import { shareStage } from '../journey/stage.js';

/** Another browser of the same person: a nickname over the version that is there now. */
const ELSEWHERE = `(async () => {
  const url = '/api/v1/account/me/profile';
  const { version } = await (await fetch(url)).json();
  const body = JSON.stringify({ version, fields: { nickname: '别处' } });
  return (await fetch(url, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body })).status;
})()`;

describeColumns('the page of one’s own data on $column', (column) => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    let sms: SmsCounterpart;
    // After the product has ended: hooks of the end run from the last to the first.
    afterAll(() => sms?.close());
    const stage = shareStage(column, async () => {
      sms = await openSmsCounterpart();
      return {
        CUSTODIA_SMS_URL: `http://${sms.keyId}:${sms.keySecret}@127.0.0.1:${sms.port}`,
        CUSTODIA_SMS_SIGN_NAME: 'Custodia',
        CUSTODIA_SMS_TEMPLATE: 'SMS_1',
        CUSTODIA_LOCAL_DESTINATIONS: `127.0.0.1:${sms.port}`,
      };
    });
    codeSignInJourney(stage, () => sms, column === 'sqlite');

    it('F-0114 whoever was slower keeps their own words by a press, and sees at the field why that was refused', async () => {
      const { product, openOffice } = stage();
      const office = await openOffice();
      try {
        const page = await office.page();
        await signIn(page, product);
        await page.goto(`${product.console}/w/demo/settings/me/profile`);
        const nickname = page.getByLabel('昵称');
        await nickname.fill('小雯');
        expect(await page.evaluate(ELSEWHERE)).toBe(200);
        await page.getByRole('button', { name: '保存' }).click();
        const conflict = page.locator('[data-bar=conflict]');
        const mine = conflict.getByRole('button', { name: '用我的' });
        await mine.waitFor();
        await nickname.fill('雯'.repeat(100));
        await mine.click();
        await page.getByText('名称太长，请缩短').waitFor();
        expect(await nickname.inputValue()).toBe('雯'.repeat(100));
        await nickname.fill('小雯');
        await mine.click();
        await page.getByText('已保存').waitFor();
        expect(await conflict.count()).toBe(0);
        await page.reload();
        await nickname.waitFor();
        expect(await nickname.inputValue()).toBe('小雯');
      } finally {
        await office.close();
      }
    });
  });
});
