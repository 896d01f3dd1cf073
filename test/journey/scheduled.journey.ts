import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, policyViolations, say } from './browser.js';
import { checkAllLooks } from './looks.js';
import { FIELD_TIME } from './page-side.js';
import type { Stage } from './stage.js';
import { startTalk } from './talk.js';

const TOMORROW = '明天上午给您回电话';
const SOON = '刚刚查到，您的包裹已经发出';
/** The nearest that is taken is a minute, and a field has no seconds; so slow may a machine be. */
const AHEAD_MS = 75_000;

/** Replies that go out later. `meanwhile`: journeys that run while one waits. `looks`: also the dialog in all its looks. */
export function scheduledJourney(stage: () => Stage, looks: boolean, meanwhile: () => void): void {
  describe('a reply that goes out later', () => {
    let browsers: readonly Browser[];
    let panel: FrameLocator;
    let desk: Page;
    beforeAll(async () => {
      const talk = await startTalk(stage(), '请下午给我一个答复');
      browsers = [talk.visitor, talk.office];
      ({ panel, desk } = talk);
    });
    afterAll(async () => {
      await Promise.all((browsers ?? []).map((browser) => browser.close()));
    });

    const dialog = () => desk.getByRole('dialog', { name: '定时发送' });
    const waiting = (text: string) => desk.locator('.scheduled-reply', { hasText: text });
    const ask = async (text: string): Promise<void> => {
      await desk.locator('.composer textarea').fill(text);
      await desk.locator('.send-caret').click();
      await desk.getByRole('menuitem', { name: '定时发送…' }).click();
      await dialog().waitFor();
    };

    it('F-0304 is given a usual time in a dialog, and waits where the agent sees it and the visitor does not', async () => {
      await ask(TOMORROW);
      if (looks) expect(await checkAllLooks(desk, { within: 'dialog' })).toEqual([]);
      await dialog().getByRole('button', { name: /^明天/ }).click();
      await waiting(TOMORROW)
        .getByText(/^将于.+发送$/)
        .waitFor();
      await expect.poll(() => desk.locator('.composer textarea').inputValue()).toBe('');
      await say(desk, '好的，请稍等');
      await panel.getByText('好的，请稍等').waitFor();
      expect(await panel.locator('body').textContent()).not.toContain(TOMORROW);
    });

    it('F-0304 is stopped by a visitor who writes first, says so, and comes back into the box or goes', async () => {
      await say(panel, '不用了，我自己查到了');
      const stopped = waiting(TOMORROW);
      await stopped.getByText('不会发送：访客先来了消息').waitFor();
      await stopped.getByRole('button', { name: '修改' }).click();
      await stopped.waitFor({ state: 'detached' });
      await expect.poll(() => desk.locator('.composer textarea').inputValue()).toBe(TOMORROW);
    });

    it('F-0304 is given a time of one’s own', async () => {
      await ask(SOON);
      await dialog()
        .locator('input[type=datetime-local]')
        .fill(await desk.evaluate<string>(FIELD_TIME(AHEAD_MS)));
      await dialog().locator('button[type=submit]').click();
      await waiting(SOON)
        .getByText(/^将于.+发送$/)
        .waitFor();
    });

    meanwhile();

    it('F-0304 goes out at its time, once, and waits no longer', async () => {
      await panel.getByText(SOON).waitFor({ timeout: 180_000 });
      await desk.locator('.bubble-text', { hasText: SOON }).waitFor();
      await desk.locator('.scheduled-reply').waitFor({ state: 'detached' });
      await say(panel, '谢谢');
      await desk.locator('.bubble-text', { hasText: /^谢谢$/ }).waitFor();
      expect(await panel.locator('.row .text', { hasText: SOON }).count()).toBe(1);
      expect(browsers.flatMap(policyViolations)).toEqual([]);
    }, 240_000);
  });
}
