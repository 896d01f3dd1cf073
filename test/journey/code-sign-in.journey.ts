import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SmsCounterpart } from '../../libs/outgoing/src/testing/sms-counterpart.js';
import { policyViolations } from './browser.js';
import { checkAllLooks } from './looks.js';
import type { Stage } from './stage.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' };
const PASSWORD = 'Kite-Lantern-48-River';
/** As people write it; the provider gets it without the spaces. */
const TYPED = '138 0013 8006';
const MOBILE = '13800138006';
/** Left edges of what the form consists of: one where it is one column. */
const EDGES = `[...new Set([...document.querySelectorAll('form .field, form > button')]
  .map((part) => Math.round(part.getBoundingClientRect().left)))]`;

/** Somebody with a phone and no password at hand. `looks`: also in all looks. */
export function codeSignInJourney(stage: () => Stage, sms: () => SmsCounterpart, looks: boolean): void {
  describe('signing in with a code by text message, on a phone', () => {
    it('F-0102 F-0106 the number is proved when signing up, and a code to it opens a session', async () => {
      const { product, openOffice } = stage();
      const phone = await openOffice(PHONE);
      try {
        const page = await phone.page();
        await page.goto(`${product.console}/sign-up`);
        await page.locator('#kind').selectOption('sole-trader');
        await page.locator('#workspaceName').fill('晨光文具');
        await page.locator('#name').fill('林晓雯');
        await page.locator('#mobile').fill(TYPED);
        await page.locator('#code').fill(await codeAsked(page, sms(), 1));
        await page.locator('#email').fill('phone@shop.example');
        await page.locator('#password').fill(PASSWORD);
        for (const id of ['privacyPolicy', 'processingTerms', 'adult']) await page.locator(`#${id}`).check();
        await page.getByRole('button', { name: '创建工作区' }).click();
        await page.locator('[data-screen=member-notice][data-state=ready]').waitFor();
        await phone.context.clearCookies();

        await page.goto(`${product.console}/sign-in`);
        await page.getByRole('button', { name: '验证码登录' }).click();
        await page.locator('#mobile').fill(TYPED);
        const code = await codeAsked(page, sms(), 2);
        await page.locator('#code').fill(otherThan(code));
        await page.getByRole('button', { name: '登录', exact: true }).click();
        await page.getByText('验证码不正确').waitFor();
        expect(await page.evaluate<number[]>(EDGES)).toHaveLength(1);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByText('The code is not right').waitFor();
        if (looks) expect(await checkAllLooks(page)).toEqual([]);
        expect(await page.locator('#mobile').inputValue()).toBe(TYPED);
        await page.locator('#code').fill(code);
        // The look before may have left the page in another language.
        await page.locator('form button[type=submit]').click();
        await page.locator('[data-screen=member-notice][data-state=ready]').waitFor();
        expect([sms().refused, policyViolations(phone)]).toEqual([[], []]);
      } finally {
        await phone.close();
      }
    }, 180_000);
  });
}

/** Presses the button for a code, and reads the message on the phone. */
async function codeAsked(page: Page, sms: SmsCounterpart, messages: number): Promise<string> {
  await page.getByRole('button', { name: '获取验证码' }).click();
  await expect.poll(() => sms.sent.length, { timeout: 20_000 }).toBe(messages);
  const { mobile, code } = sms.sent.at(-1)!;
  expect(mobile).toBe(MOBILE);
  return code;
}

function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
