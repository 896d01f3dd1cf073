import { describeWhere } from '@libs/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM, launchChromium } from '../journey/browser.js';
import { type GalleryServer, startGallery } from './gallery-server.js';
import { FIRST } from './visit.js';
import type { Role } from './world-people.js';

/** What has the focus, and whether anything is drawn around it. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return { name: one.textContent.trim(), link: one.matches('a[href]'), ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
})()`;

interface Focused {
  readonly name: string;
  readonly link: boolean;
  readonly ring: boolean;
}

describeWhere(CHROMIUM, 'screens over played scenes, by keyboard', () => {
  let server: GalleryServer;
  let chromium: Browser;
  beforeAll(async () => {
    [server, chromium] = await Promise.all([startGallery(process.cwd()), launchChromium()]);
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
  });

  async function open(role: Role, path: string): Promise<Page> {
    server.play({ role });
    const context = await chromium.newContext({ locale: 'en', viewport: { width: 1280, height: 500 } });
    context.setDefaultTimeout(20_000);
    await context.addInitScript(FIRST('en'));
    const page = await context.newPage();
    await page.goto(server.origin + path);
    await page.locator('[data-screen][data-state=ready]').waitFor();
    return page;
  }

  it('F-1601 every link that Tab comes to has a ring, also beside parts of the component library', async () => {
    const page = await open('owner', '/w/demo/settings/members');
    await page.getByRole('button', { name: 'Invite members' }).waitFor();
    const links: Focused[] = [];
    for (let stop = 0; stop < 60 && links.length < 12; stop += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<Focused>(FOCUSED);
      if (focused.link) links.push(focused);
    }
    expect(links.length).toBe(12);
    expect(links.filter(({ ring }) => !ring)).toEqual([]);
    await page.context().close();
  });

  it('F-1601 going back from one person to all consents comes to the same place in them', async () => {
    const page = await open('privacy-officer', '/w/demo/privacy/consents');
    const place = () => page.evaluate<number>("document.getElementById('content').scrollTop");
    // What comes later above the records would move them.
    await page.locator('.counts').waitFor();
    const person = page.locator('.timeline').getByRole('button', { name: /0400$/ }).first();
    // A press scrolls by itself to what it presses.
    await person.scrollIntoViewIfNeeded();
    const before = await place();
    expect(before).toBeGreaterThan(100);
    await person.click();
    await page.waitForURL(/subject=/);
    await expect.poll(place).toBe(0);
    await page.goBack();
    await expect.poll(place).toBe(before);
    await page.context().close();
  });
});
