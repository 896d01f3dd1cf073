import { randomUUID } from 'node:crypto';
import type { ConversationPage, InboxDetail, InboxList, InboxSecretMade, SubjectLinks } from '@libs/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signStatement } from '../world/signed-statement.js';
import { agreeInWidget, type Browser, openShop, policyViolations, say } from './browser.js';
import { checkAllLooks } from './looks.js';
import type { DemoPerson } from './product.js';
import type { Stage } from './stage.js';

/** From opening the panel to the answer to the first message. */
const TOLD_MS = 60_000;

interface Contact {
  readonly id: string;
}

/** Two visitors whom the site signs with one name, and the officer who takes that apart. `looks`: also in all looks. */
export function linkedPeopleJourney(stage: () => Stage, looks: boolean): void {
  describe('two people who were taken for one', () => {
    let office: Browser;
    let shop: Browser;
    let page: Page;
    /** Of somebody who may read the conversations, which an officer may not. */
    let owners: Page;
    let subjects: readonly string[];
    let secret: string;
    let inboxKey: string;
    beforeAll(async () => {
      await letSiteSign();
      subjects = [await writeAs('user-1', '我的发票呢'), await writeAs('user-1', '我没有买过东西')];
      office = await stage().officeOf('officer');
      page = await office.page();
      shop = await stage().officeOf('owner');
      owners = await shop.page();
    });
    afterAll(() => Promise.all([office?.close(), shop?.close()]));

    async function call<T>(who: DemoPerson, method: string, path: string, body?: object): Promise<T> {
      const { product } = stage();
      const headers = { origin: product.console, cookie: product.sessions[who], 'content-type': 'application/json' };
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(`${product.console}/api/v1/${path}`, { method, headers, ...init });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    }

    /** The site may sign who its visitors are, and gets what it signs with. */
    async function letSiteSign(): Promise<void> {
      const shop = await (await fetch(stage().product.shop)).text();
      inboxKey = /data-inbox="([^"]+)"/.exec(shop)![1]!;
      const { items } = await call<InboxList>('owner', 'GET', 'chat/inboxes');
      const path = `chat/inboxes/${items[0]!.id}`;
      const { version } = await call<InboxDetail>('owner', 'GET', path);
      const changed = await call<InboxDetail>('owner', 'PATCH', path, { version, identityMode: 'optional' });
      secret = (await call<InboxSecretMade>('owner', 'POST', `${path}/secrets`, { version: changed.version })).secret;
    }

    /** A visitor whom the site says to be `sub`; answers the subject's id. */
    async function writeAs(sub: string, words: string): Promise<string> {
      const visitor = await stage().openVisitor();
      try {
        const shop = await openShop(visitor, stage().product);
        const claims = { sub, aud: inboxKey, jti: randomUUID(), exp: Math.floor(Date.now() / 1000) + 300 };
        await shop.evaluate(`Custodia('identify', '${signStatement(secret, claims)}')`);
        const told = visitor.context.waitForEvent('response', {
          timeout: TOLD_MS,
          predicate: (answer) =>
            answer.url().endsWith('/widget/identities') && 'authorization' in answer.request().headers(),
        });
        const panel = await agreeInWidget(shop);
        await say(panel, words);
        await panel.getByText('已发送').waitFor();
        expect((await told).status()).toBe(200);
      } finally {
        await visitor.close();
      }
      const list = await call<ConversationPage>('owner', 'GET', 'chat/conversations?view=unassigned&limit=1');
      return list.items[0]!.subjectId;
    }

    const linksOf = async (subjectId: string): Promise<number> =>
      (await call<SubjectLinks>('officer', 'GET', `privacy/links?subjectId=${subjectId}`)).items.length;
    const openRecord = async (subjectId: string, page: Page): Promise<void> => {
      // A contact is made by an event, a moment after the first words.
      const find = () => call<Contact>('owner', 'GET', `crm/contacts/by-subject/${subjectId}`).catch(() => undefined);
      await expect.poll(find).toBeDefined();
      await page.goto(`${stage().product.console}/w/demo/contacts/${(await find())!.id}`);
      await page.locator('#facts-title').waitFor();
    };
    const card = () => page.locator('[aria-labelledby=links-title]');
    const talks = () => owners.locator('.person-talks li');

    it('F-0303 the officer finds at one of them whom a signed statement took for the same person', async () => {
      await openRecord(subjects[0]!, page);
      await card().getByText('由你的网站签署').waitFor();
      await expect.poll(() => card().locator('li').count()).toBe(1);
      const other = await card().getByRole('link').getAttribute('href');
      expect(other).toContain(subjects[1]);
    });

    it('F-0312 whoever may read them finds the conversations of both at either, and gets from there to each', async () => {
      await openRecord(subjects[0]!, owners);
      await expect.poll(() => talks().count()).toBe(2);
      const others = talks().filter({ hasText: '（关联的人）' });
      await others.filter({ hasText: '我没有买过东西' }).getByRole('link').click();
      await owners.locator('.bubble').filter({ hasText: '我没有买过东西' }).waitFor();
      await owners.goBack();
      await talks().filter({ hasText: '我的发票呢' }).waitFor();
      expect(await others.count()).toBe(1);
    });

    it('F-0303 who takes them apart reads first what that does, and says why', async () => {
      await card().getByRole('button').click();
      const dialog = page.getByRole('dialog', { name: '解除' });
      await dialog.getByText('不会删除任何内容').waitFor();
      const act = dialog.getByRole('button', { name: '解除关联' });
      expect(await act.isDisabled()).toBe(true);
      await dialog.getByRole('radio', { name: '两个人共用设备或账号' }).check();
      if (looks) expect(await checkAllLooks(page, { within: 'dialog' })).toEqual([]);
      await act.click();
      await dialog.waitFor({ state: 'detached' });
      await card().waitFor({ state: 'detached' });
      // Whoever looks at the history of one of them meanwhile is told.
      await expect.poll(() => talks().allInnerTexts()).toEqual([expect.stringContaining('我的发票呢')]);
    });

    it('F-0303 from then on each of them stands alone, at the other one as well', async () => {
      await expect.poll(() => Promise.all(subjects.map(linksOf))).toEqual([0, 0]);
      await openRecord(subjects[1]!, page);
      await page.locator('#consents-title').waitFor();
      expect(await card().count()).toBe(0);
      expect(policyViolations(office)).toEqual([]);
    });
  });
}
