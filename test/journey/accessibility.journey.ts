import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { launcherOf, openPrivately, openShop, panelOf, policyViolations, say, signIn } from './browser.js';
import { axeFaultsThroughout } from './looks.js';
import type { Product } from './product.js';
import type { Stage } from './stage.js';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const LOOKS = [
  { locale: 'zh-CN', colorScheme: 'light', viewport: DESK },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: PHONE },
  { locale: 'en-GB', colorScheme: 'light', viewport: PHONE },
  { locale: 'en-GB', colorScheme: 'dark', viewport: DESK },
] as const;

export function accessibilityJourney(stage: () => Stage): void {
  describe('everybody can use it', () => {
    const open = (look: (typeof LOOKS)[number]) =>
      openPrivately(stage().chromium, { ...look, reducedMotion: 'reduce' });

    it.each(LOOKS)('axe finds nothing: $locale, $colorScheme, $viewport.width wide', async (look) => {
      const { product } = stage();
      const [visitor, office] = await Promise.all([open(look), open(look)]);
      try {
        const shop = await openShop(visitor, product, { language: look.locale === 'zh-CN' ? 'zh-CN' : 'en' });
        const panel = panelOf(shop);
        await launcherOf(shop).click();
        await panel.locator('dl').waitFor();
        const found = {
          notice: await axeFaultsThroughout(shop),
          conversation: [] as string[],
          office: {} as Record<string, string[]>,
        };
        await panel.getByRole('button', { name: /^(同意|Agree)$/ }).click();
        await panel.getByRole('textbox').waitFor();
        await say(panel, 'Hello 你好');
        await panel.getByText(/^(已发送|Sent)$/).waitFor();
        found.conversation = await axeFaultsThroughout(shop);
        found.office = await checkConsole(await office.page(), product);
        expect(found).toEqual({
          notice: [],
          conversation: [],
          office: { signIn: [], empty: [], list: [], conversation: [], keys: [] },
        });
        expect([...policyViolations(visitor), ...policyViolations(office)]).toEqual([]);
      } finally {
        await Promise.all([visitor.close(), office.close()]);
      }
    });
  });
}

async function checkConsole(desk: Page, product: Product): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  await desk.goto(product.console);
  await desk.locator('[data-screen=sign-in]').waitFor();
  found.signIn = await axeFaultsThroughout(desk);
  await signIn(desk, product);
  found.empty = await axeFaultsThroughout(desk);
  await desk.goto(`${product.console}/w/demo/conversations/unassigned`);
  await desk.locator('a.row').first().waitFor();
  found.list = await axeFaultsThroughout(desk);
  await desk.locator('a.row').first().click();
  await desk.getByRole('button', { name: /^(接待|Take)$/ }).click();
  await desk.locator('.bubble').first().waitFor();
  await say(desk, 'Hello 您好');
  await desk.locator('[data-delivery]').first().waitFor();
  found.conversation = await axeFaultsThroughout(desk);
  await desk.locator('.log').focus();
  await desk.keyboard.press('Shift+?');
  await desk.locator('dialog[open]').waitFor();
  found.keys = await axeFaultsThroughout(desk);
  await desk.keyboard.press('Escape');
  return found;
}
