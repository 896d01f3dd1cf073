import { describe, expect, it } from 'vitest';
import { openPanel, openPrivately, openShop, policyViolations, say, signInByForm } from './browser.js';
import { checkAllLooks, type Language } from './looks.js';
import type { Stage } from './stage.js';

const WINDOW = { locale: 'zh-CN', reducedMotion: 'reduce' } as const;
const AGREE = { name: /^(同意|Agree)$/ };
const TAKE = { name: /^(接待|Take)$/ };

/** Every screen of a first conversation in both languages, light and dark, wide and narrow. */
export function accessibilityJourney(stage: () => Stage): void {
  describe('everybody can use it', () => {
    it('F-0303 axe finds nothing in the widget, in any look', async () => {
      const visitor = await openPrivately(stage().chromium, WINDOW);
      try {
        const shop = await openShop(visitor, stage().product);
        const panel = await openPanel(shop);
        await panel.locator('dl').waitFor();
        // By the command that a page of the shop would give.
        const speak = async (locale: Language): Promise<void> => {
          await shop.evaluate(`Custodia('locale', '${locale}')`);
          await panel.locator(`html[lang="${locale}"]`).waitFor();
        };
        const look = () => checkAllLooks(shop, { frames: true, speak });
        const found = { notice: await look(), conversation: [] as string[] };
        await panel.getByRole('button', AGREE).click();
        await panel.getByRole('textbox').waitFor();
        await say(panel, 'Hello 你好');
        await panel.getByText(/^(已发送|Sent)$/).waitFor();
        found.conversation = await look();
        expect(found).toEqual({ notice: [], conversation: [] });
        expect(policyViolations(visitor)).toEqual([]);
      } finally {
        await visitor.close();
      }
    });

    it('F-0111 axe finds nothing in the console, in any look', async () => {
      const { product, openOffice } = stage();
      const office = await openOffice();
      try {
        const desk = await office.page();
        const found: Record<string, string[]> = {};
        await desk.goto(product.console);
        await desk.locator('[data-screen=sign-in]').waitFor();
        found.signIn = await checkAllLooks(desk);
        await signInByForm(desk, product);
        found.empty = await checkAllLooks(desk);
        await desk.locator('.nav-item[href$=unassigned]').click();
        const newest = desk.locator('a.row[href*="/unassigned/"]').first();
        await newest.waitFor();
        found.list = await checkAllLooks(desk);
        await newest.click();
        await desk.getByRole('button', TAKE).click();
        await desk.locator('.bubble').first().waitFor();
        await say(desk, 'Hello 您好');
        await desk.locator('[data-delivery]').first().waitFor();
        found.conversation = await checkAllLooks(desk);
        await desk.locator('.log').press('Shift+?');
        await desk.locator('dialog[open]').waitFor();
        found.keys = await checkAllLooks(desk, { within: 'dialog' });
        expect(found).toEqual({ signIn: [], empty: [], list: [], conversation: [], keys: [] });
        expect(policyViolations(office)).toEqual([]);
      } finally {
        await office.close();
      }
    });
  });
}
