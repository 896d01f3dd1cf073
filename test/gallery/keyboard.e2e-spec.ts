import { describeWhere } from '@libs/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM, launchShell } from '../journey/browser.js';
import { overtaken } from './answers.js';
import { type GalleryServer, type Scene, startGallery } from './gallery-server.js';
import { composed } from './input-method.js';
import { FIRST, panelOf } from './visit.js';
import { idOf, type Role } from './world-people.js';
import { hours } from './world-settings.js';
import { OPEN } from './world-talk.js';

/** What has the focus, and whether anything is drawn around it. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return { name: one.textContent.trim(), link: one.matches('a[href]'), ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
})()`;

/** The bar of a conflict is whole inside the window, with nothing over its middle. */
const SEEN = `(() => {
  const bar = document.querySelector('[data-bar=conflict]');
  const { top, bottom, left, width } = bar.getBoundingClientRect();
  const middle = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && bar.contains(middle);
})()`;

interface Focused {
  readonly name: string;
  readonly link: boolean;
  readonly ring: boolean;
}

describeWhere(CHROMIUM, 'screens over played scenes, by keyboard', () => {
  let server: GalleryServer;
  let chromium: Browser;
  /** One window for all: what is loaded into an empty cache costs more than most of what is done with it. */
  let window: BrowserContext;
  beforeAll(async () => {
    [server, chromium] = await Promise.all([startGallery(process.cwd()), launchShell()]);
    window = await chromium.newContext({ locale: 'en', viewport: { width: 1280, height: 500 } });
    window.setDefaultTimeout(20_000);
    await window.addInitScript(FIRST('en'));
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
  });

  async function open(role: Role, path: string, answers: Scene['answers'] = {}): Promise<Page> {
    server.play({ role, answers });
    const page = await window.newPage();
    await page.goto(server.origin + path);
    await page.locator('[data-screen][data-state=ready]').first().waitFor();
    return page;
  }

  it('every link that Tab comes to has a ring, also beside parts of the component library', async () => {
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
    await page.close();
  });

  it('going back from one person to all consents comes to the same place in them', async () => {
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
    await page.close();
  });

  it('F-0301 Enter that ends a Chinese composition sends nothing, in the composers of both sides', async () => {
    const page = await open('agent', `/w/demo/conversations/mine/${OPEN.id}`);
    const composer = page.locator('.composer textarea');
    const bubbles = page.locator('.bubble');
    await bubbles.first().waitFor();
    const before = await bubbles.count();
    await composed(page, composer, '你好');
    expect([await composer.inputValue(), await bubbles.count()]).toEqual(['你好', before]);
    await page.keyboard.press('Enter');
    await expect.poll(() => bubbles.count()).toBe(before + 1);
    expect(await composer.inputValue()).toBe('');
    await page.close();
    server.play({ widget: { known: true } });
    const shop = await (await chromium.newContext({ locale: 'en' })).newPage();
    await shop.goto(server.shop);
    await shop.locator('[aria-haspopup=dialog]').click();
    const panel = panelOf(shop);
    const field = panel.locator('.composer textarea');
    const own = panel.locator('.row.mine', { hasText: '你好，在吗' });
    await composed(shop, field, '你好，在吗');
    expect([await field.inputValue(), await own.count()]).toEqual(['你好，在吗', 0]);
    await shop.keyboard.press('Enter');
    await own.waitFor();
    expect(await field.inputValue()).toBe('');
    await shop.context().close();
  });

  it('F-0301 Escape leaves the composer for the messages, which the keys then move', async () => {
    const page = await open('agent', `/w/demo/conversations/mine/${OPEN.id}`);
    await page.locator('.composer textarea').click();
    await page.keyboard.press('Escape');
    expect(await page.evaluate<string>('document.activeElement.className')).toContain('log');
    const place = () => page.evaluate<number>('document.activeElement.scrollTop');
    const below = await place();
    await page.keyboard.press('PageUp');
    await expect.poll(place).toBeLessThan(below);
    await page.close();
  });

  it('whoever was quicker is named where it is seen, with what they changed, however long the form', async () => {
    const [first, ...others] = hours;
    let kept = first!;
    const answers: Scene['answers'] = {
      'GET /chat/hours': () => ({ body: { items: [kept, ...others] } }),
      'PUT /chat/hours/*': () => {
        kept = { ...kept, name: '夏令时段', timeZone: 'Asia/Tokyo', days: [], version: kept.version + 1 };
        return overtaken('chat.hours-changed')();
      },
    };
    const page = await open('owner', `/w/demo/settings/business-hours/${idOf(90)}`, answers);
    await page.getByRole('button', { name: 'Save' }).click();
    const bar = page.locator('[data-bar=conflict]');
    await bar.waitFor();
    expect(await bar.textContent()).toContain('李娜 saved something else while you were editing (');
    await expect.poll(() => page.evaluate<boolean>(SEEN)).toBe(true);
    const changes = bar.locator('li');
    await expect.poll(() => changes.count()).toBe(3);
    expect(await changes.first().textContent()).toBe('Name夏令时段');
    expect(await changes.nth(1).textContent()).toMatch(/^Time zone.*Tokyo/);
    expect(await changes.last().textContent()).toBe('Holidays and swap days');
    const name = page.locator('#hours-name');
    expect(await name.inputValue()).toBe(first!.name);
    await bar.getByRole('button', { name: 'Use theirs' }).click();
    await bar.waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('夏令时段');
    await page.getByRole('button', { name: 'Save' }).waitFor();
    await page.close();
  });

  it('F-1401 from business hours that were just made every way leads to their list, and only they say that they are kept', async () => {
    let kept = hours;
    const made = { ...hours[1]!, id: idOf(99), name: 'Night watch' };
    const page = await open('owner', '/w/demo/settings/business-hours/new', {
      'GET /chat/hours': () => ({ body: { items: kept } }),
      'POST /chat/hours': () => {
        kept = [...hours, made];
        return { body: made };
      },
    });
    const list = page.locator('[data-screen=business-hours]');
    const card = list.getByRole('link', { name: made.name });
    const menu = page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Business hours' });
    const told = page.getByText('Saved', { exact: true });
    const create = async () => {
      await page.getByLabel('Name', { exact: true }).first().fill(made.name);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.waitForURL(`**/business-hours/${made.id}`);
      await told.waitFor();
    };
    await create();
    await page.getByRole('link', { name: 'Back to business hours' }).click();
    await card.click();
    await page.getByRole('heading', { name: made.name }).waitFor();
    expect(await told.count()).toBe(0);
    await menu.click();
    await card.waitFor();
    expect(page.url()).toMatch(/\/business-hours$/);
    await list.getByRole('button', { name: 'New hours' }).click();
    await page.getByLabel('Name', { exact: true }).first().waitFor();
    await menu.click();
    await card.waitFor();
    await page.close();
  });

  it.each([
    ['name', '/w/demo/settings/workspace', '#name', 'account/workspace'],
    ['nickname', '/w/demo/settings/me/profile', '#nickname', 'account/me/profile'],
    ['name', `/w/demo/settings/inboxes/${idOf(60)}`, '.inbox-form input', `chat/inboxes/${idOf(60)}`],
  ])('the %s that is typed on while it is saved stays: %s', async (name, path, where, api) => {
    const page = await open('owner', path);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(`**/api/v1/${api}`, async (route) => {
      if (route.request().method() === 'GET') return route.continue();
      const now = await (await page.request.get(route.request().url())).json();
      await held;
      return route.fulfill({ json: { ...now, [name]: 'First', version: now.version + 1 } });
    });
    const field = page.locator(where).first();
    await field.fill('First');
    const save = page.locator('.ant-btn-primary', { hasText: 'Save' });
    await save.click();
    const saving = page.locator('.ant-btn-primary.ant-btn-loading');
    await saving.waitFor();
    await field.fill('First and more');
    answer();
    await saving.waitFor({ state: 'detached' });
    await expect.poll(() => save.isEnabled()).toBe(true);
    expect(await field.inputValue()).toBe('First and more');
    await page.close();
  });

  it('P-0201 recipients are ticked, and a new one is named by its code', async () => {
    const page = await open('privacy-officer', '/w/demo/privacy/register?edit=customer-relations');
    const field = page.getByLabel('Code of a new recipient');
    await field.fill('courier');
    await field.press('Enter');
    const courier = page.getByRole('checkbox', { name: 'courier' });
    expect([await courier.isChecked(), await field.inputValue()]).toEqual([true, '']);
    await page
      .getByText('There are changes')
      .or(page.getByRole('button', { name: 'Discard' }))
      .first()
      .waitFor();
    await courier.uncheck();
    await page.getByRole('button', { name: 'Back' }).waitFor();
    await page.close();
  });
});
