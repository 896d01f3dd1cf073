import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from './browser.js';
import { checkAllLooks } from './looks.js';
import type { Stage } from './stage.js';
import { startTalk } from './talk.js';

/** Nobody's: made up, and one that card schemes publish for tests. */
const ID_CARD = '11010519491231002X';
const SAID = `身份证${ID_CARD}，卡号4111 1111 1111 1111`;
const SEEN = '身份证110***********002X';
/** The rest of the screen is looked at where nothing is starred. */
const LOG = { within: '.log' };

export function starredMessagesJourney(stage: () => Stage): void {
  describe('numbers of cards in what a visitor wrote', () => {
    let browsers: readonly Browser[];
    let panel: FrameLocator;
    let desk: Page;
    beforeAll(async () => {
      const talk = await startTalk(stage(), SAID);
      browsers = [talk.visitor, talk.office];
      ({ panel, desk } = talk);
    });
    afterAll(async () => {
      await Promise.all((browsers ?? []).map((browser) => browser.close()));
    });

    it('P-1004 an agent without the right is told so, and has nothing to press', async () => {
      // The visitor sees their own words.
      await panel.getByText(SAID).waitFor();
      // Without what the page says of the taking.
      await desk.reload();
      const bubble = desk.locator('.bubble', { hasText: SEEN });
      await bubble.getByText('无权查看').waitFor();
      expect(await bubble.getByRole('button').count()).toBe(0);
      expect(await desk.content()).not.toContain(ID_CARD);
      expect(await checkAllLooks(desk, LOG)).toEqual([]);
    });

    it('P-0401 P-1004 are stars in the page, and whole for a reason until hidden, by keyboard, in all looks', async () => {
      const office = await stage().officeOf('supervisor');
      const page = await office.page();
      await page.goto(desk.url().replace('/unassigned/', '/all/'));
      await page.locator('.bubble', { hasText: SEEN }).waitFor();
      expect(await page.content()).not.toContain(ID_CARD);
      await page.getByText('接管后可以显示').first().waitFor();
      // The visitor reads that somebody looks on, for as long as they do.
      const watched = panel.getByText('团队负责人正在一起查看此会话');
      await watched.waitFor();
      const takeOver = page.getByRole('button', { name: '接管', exact: true });
      await takeOver.click();
      // All of it is drawn anew then.
      await takeOver.waitFor({ state: 'detached' });
      await watched.waitFor({ state: 'detached' });
      const reveal = page.getByRole('button', { name: '显示含证件号或卡号的消息' });
      await reveal.press('Enter');
      const form = page.getByRole('form', { name: '显示含证件号或卡号的消息' });
      await form.getByRole('radio', { name: '核对身份' }).check();
      expect(await checkAllLooks(page, LOG)).toEqual([]);
      await form.getByRole('button', { name: '显示', exact: true }).press('Enter');
      await page.locator('.bubble .value-revealed', { hasText: SAID }).waitFor();
      await page.getByText('已记录：核对身份').waitFor();
      await page.getByRole('button', { name: '隐藏含证件号或卡号的消息' }).press('Enter');
      await page.locator('.bubble', { hasText: SEEN }).waitFor();
      expect(await page.content()).not.toContain(ID_CARD);
      await office.close();
    });
  });
}
