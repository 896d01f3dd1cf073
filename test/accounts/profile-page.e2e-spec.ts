import { describeColumns, describeWhere } from '@libs/testing';
import { afterAll, expect, it } from 'vitest';
import { aPicture } from '../../libs/auth/src/testing/a-picture.js';
import { openSmsCounterpart, type SmsCounterpart } from '../../libs/outgoing/src/testing/sms-counterpart.js';
import { CHROMIUM } from '../journey/browser.js';
import { codeSignInJourney } from '../journey/code-sign-in.journey.js';
import { shareStage } from '../journey/stage.js';

/** Another browser of the same person: a nickname over the version that is there now. */
const ELSEWHERE = `(async () => {
  const url = '/api/v1/account/me/profile';
  const { version } = await (await fetch(url)).json();
  const body = JSON.stringify({ version, fields: { nickname: '别处' } });
  return (await fetch(url, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body })).status;
})()`;

/** How wide the picture in the navigation is once it has come; the console makes them of 256 pixels. */
const WIDTH = `document.querySelector('.nav-account .member-picture img')?.naturalWidth`;

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
      const { product } = stage();
      const office = await stage().officeOf('agent');
      try {
        const page = await office.page();
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
        await conflict.waitFor({ state: 'detached' });
        await page.reload();
        await expect.poll(() => nickname.inputValue()).toBe('小雯');
      } finally {
        await office.close();
      }
    });

    it('F-0104 F-0105 a picture is chosen, looked at, kept, and removed and put back; what is none is said so', async () => {
      const { product } = stage();
      const office = await stage().officeOf('agent');
      try {
        const page = await office.page();
        await page.goto(`${product.console}/w/demo/settings/me/profile`);
        const inMenu = page.locator('.nav-account .member-picture img');
        const input = page.locator('input[type=file]');
        const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });
        await page.getByRole('button', { name: '选择图片' }).waitFor();
        await input.setInputFiles(file('notes.png', 'image/png', Buffer.from('no picture')));
        await page.getByText('无法读取这个文件').waitFor();
        await input.setInputFiles(file('me.png', 'image/png', aPicture(300)));
        await page.getByText('预览，尚未保存').waitFor();
        expect(await inMenu.count()).toBe(0);
        await page.getByRole('button', { name: '使用这张' }).click();
        await page.getByText('已保存头像').waitFor();
        await page.reload();
        await expect.poll(() => page.evaluate(WIDTH), { timeout: 20_000 }).toBe(256);
        await page.getByRole('button', { name: '移除', exact: true }).click();
        // It is offered for some seconds, unless the pointer rests on it.
        await page.getByText('已移除头像').hover();
        await inMenu.waitFor({ state: 'detached' });
        await page.locator('.undo-button').click();
        await expect.poll(() => page.evaluate(WIDTH), { timeout: 20_000 }).toBe(256);
      } finally {
        await office.close();
      }
    });
  });
});
