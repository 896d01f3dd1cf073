import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agreeInWidget, openBrowser, openShop, say, signIn, takeNewest } from './browser.js';
import { checkAllLooks } from './looks.js';
import type { Stage } from './stage.js';

/** Nobody's: made up, and one that card schemes publish for tests. */
const ID_CARD = '11010519491231002X';
const SAID = `身份证${ID_CARD}，卡号4111 1111 1111 1111`;
const SEEN = '身份证110***********002X';

/** A visitor writes numbers of cards; `who` takes the conversation. */
async function numbersFor(
  { product, openOffice }: Stage,
  who: 'supervisor' | 'agent',
): Promise<{ readonly desk: Page; close(): Promise<unknown> }> {
  const [visitor, office] = await Promise.all([openBrowser(), openOffice()]);
  const panel = await agreeInWidget(await openShop(visitor, product));
  await say(panel, SAID);
  await panel.getByText('已发送').waitFor();
  // The visitor sees their own words.
  await panel.getByText(SAID).waitFor();
  const desk = await office.page();
  await signIn(desk, product, who);
  await takeNewest(desk);
  // Without what the page says of the taking.
  await desk.reload();
  await desk.locator('.bubble', { hasText: SEEN }).waitFor();
  return { desk, close: () => Promise.all([visitor.close(), office.close()]) };
}

export function starredMessagesJourney(stage: () => Stage): void {
  describe('numbers of cards in what a visitor wrote', () => {
    it('P-0401 P-1004 are stars in the page, and whole for a reason until hidden, by keyboard, in all looks', async () => {
      const { desk, close } = await numbersFor(stage(), 'supervisor');
      expect(await desk.content()).not.toContain(ID_CARD);
      const reveal = desk.getByRole('button', { name: '显示含证件号或卡号的消息' });
      await reveal.focus();
      await desk.keyboard.press('Enter');
      const form = desk.getByRole('form', { name: '显示含证件号或卡号的消息' });
      await form.getByRole('radio', { name: '核对身份' }).check();
      expect(await checkAllLooks(desk)).toEqual([]);
      await form.getByRole('button', { name: '显示', exact: true }).press('Enter');
      await desk.locator('.bubble .value-revealed', { hasText: SAID }).waitFor();
      await desk.getByText('已记录：核对身份').waitFor();
      await desk.getByRole('button', { name: '隐藏含证件号或卡号的消息' }).press('Enter');
      await desk.locator('.bubble', { hasText: SEEN }).waitFor();
      expect(await desk.content()).not.toContain(ID_CARD);
      await close();
    });

    it('P-1004 an agent without the right is told so, and has nothing to press', async () => {
      const { desk, close } = await numbersFor(stage(), 'agent');
      const bubble = desk.locator('.bubble', { hasText: SEEN });
      await bubble.getByText('无权查看').waitFor();
      expect(await bubble.getByRole('button').count()).toBe(0);
      expect(await desk.content()).not.toContain(ID_CARD);
      expect(await checkAllLooks(desk)).toEqual([]);
      await close();
    });
  });
}
