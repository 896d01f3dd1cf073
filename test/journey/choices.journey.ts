import type { ContactCard, ContactDetail, ContactSaved, ConversationSummary } from '@libs/contracts';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../world/clients.js';
import { type Browser, openPanel, openShop, policyViolations, say } from './browser.js';
import { axeFaults } from './looks.js';
import { LOOK } from './page-side.js';
import type { Product } from './product.js';
import { call } from './queue.journey.js';
import type { Stage } from './stage.js';
import { startTalk } from './talk.js';

const WAITING = { timeout: 20_000, interval: 50 };
const WORDS = '榨汁机收到就不转了';
const DRAFT = '这是没发出去的回复';
const MOBILE = 'field/customer-relations/contact.mobile';
const ADDRESS = 'sensitive/customer-relations/contact.address';
const NUMBER = '13912340077';
const NUMBER_MASKED = '139****0077';
const NOBODYS = '13912340078';
const VOICE = 'sensitive/voice-message/media.voice';

/** `looks`: also what axe says of each state; a screen is the same whatever lies below it. */
export function choicesJourney(stage: () => Stage, looks: boolean): void {
  describe('a visitor’s choices', () => {
    let product: Product;
    let visitor: Browser;
    let office: Browser;
    let shop: Page;
    let panel: FrameLocator;
    let desk: Page;
    beforeAll(async () => {
      product = stage().product;
      ({ visitor, office, shop, panel, desk } = await startTalk(stage(), WORDS));
    });
    afterAll(async () => {
      await Promise.all([visitor?.close(), office?.close()]);
    });

    const row = (scope: string) => panel.locator(`.choice[data-scope="${scope}"]`);
    const switchOf = (scope: string) => row(scope).getByRole('switch');
    const openChoices = async (): Promise<void> => {
      await panel.getByRole('button', { name: '菜单' }).click();
      await panel.getByRole('menuitem', { name: '我的个人信息' }).click();
      await panel.locator('.choice').first().waitFor();
    };
    const axe = async () => (looks ? axeFaults(shop.frames().at(-1)!) : []);

    it('F-1602 P-0402 the business asks, the card shows at once, and both answers look alike', async () => {
      await askFor(desk, 'mobile');
      const card = panel.locator('.card');
      await card.getByRole('heading', { name: '晴川商店请求您的同意' }).waitFor();
      expect(await card.locator('.prose').textContent()).toContain('手机号');
      const look = (name: string) => card.getByRole('button', { name, exact: true }).evaluate(LOOK);
      await vi.waitFor(async () => expect(await look('不同意')).toEqual(await look('同意')), WAITING);
      expect(await axe()).toEqual([]);
    });

    it('F-1602 agreed in one tab, the card is gone in the other', async () => {
      const tab = await openShop(visitor, product);
      const other = await openPanel(tab);
      await other.locator('.card').waitFor();
      await panel.locator('.card').getByRole('button', { name: '同意', exact: true }).click();
      await panel.getByText('客户档案 · 手机号：已同意，已记录。').waitFor();
      await other.locator('.card').waitFor({ state: 'detached' });
      await tab.close();
    });

    it('F-0301 F-0710 by what was agreed to and written down, the list finds the conversation, and no address holds it', async () => {
      const id = new URL(desk.url()).pathname.split('/').at(-1)!;
      await expect.poll(() => writeDown(desk, id, NUMBER)).toBe(NUMBER_MASKED);
      const list = desk.locator('.list-column');
      const field = list.getByRole('searchbox');
      await field.fill(NUMBER);
      await field.press('Enter');
      await desk.locator(`.list-column[data-seeks] a[data-conversation="${id}"]`).waitFor();
      await list.getByText('全部会话中找到1个').waitFor();
      expect(desk.url()).not.toContain(NUMBER);
      // Nobody's number finds nobody; what is open stays open.
      await field.fill(NOBODYS);
      await field.press('Enter');
      await desk.locator('.list-column[data-state=sought-empty]').waitFor();
      expect(new URL(desk.url()).pathname).toContain(id);
      await field.press('Escape');
      await desk.locator(`.list-column:not([data-seeks]) a[data-conversation="${id}"]`).waitFor();
    });

    it('P-0104 a separate consent that is declined stays declined and is not asked again', async () => {
      await askFor(desk, 'address');
      await panel.locator('.card .chip', { hasText: '单独同意' }).waitFor();
      await panel.locator('.card').getByRole('button', { name: '不同意' }).click();
      await panel.locator('.card').waitFor({ state: 'detached' });
      await expect.poll(() => askFor(desk, 'address')).toBe('privacy.refused-before');
      await say(panel, '不留地址也能继续聊');
      await desk.locator('.bubble-text', { hasText: '不留地址也能继续聊' }).waitFor();
    });

    it('F-1501 P-0105 each consent has a switch, below them who decides and where to complain; its text is shown before it is switched on', async () => {
      await openChoices();
      await expect.poll(() => switchOf(MOBILE).getAttribute('aria-checked')).toBe('true');
      await expect.poll(() => row(ADDRESS).textContent()).toContain('不同意');
      await expect.poll(() => panel.getByRole('switch', { checked: true }).count()).toBe(2);
      await switchOf(VOICE).press('Space');
      await row(VOICE).getByText('这是敏感个人信息').waitFor();
      expect(await switchOf(VOICE).getAttribute('aria-checked')).toBe('false');
      await panel.getByText('晴川商店决定如何处理您的信息').waitFor();
      await panel.getByText('投诉：privacy@demo.example；也可以向您所在地的监管部门投诉').waitFor();
      expect(await axe()).toEqual([]);
      await row(VOICE).getByRole('button', { name: '单独同意', exact: true }).click();
      await panel.locator(`[data-scope="${VOICE}"][data-state=granted]`).waitFor();
      await row(VOICE).getByText('关闭后不能发送语音消息，文字不受影响。').waitFor();
    });

    it('P-0109 C-42 switched off it costs that function alone', async () => {
      for (const scope of [VOICE, MOBILE]) {
        await switchOf(scope).click();
        await panel.locator(`[data-scope="${scope}"][data-state=withdrawn]`).waitFor();
      }
      await expect.poll(() => panel.getByRole('switch', { checked: true }).count()).toBe(1);
      await panel.getByRole('button', { name: '返回' }).click();
      await say(panel, '关了语音照样聊');
      await desk.locator('.bubble-text', { hasText: '关了语音照样聊' }).waitFor();
    });

    it('F-1501 by keyboard alone: menu, page, back to where one came from', async () => {
      const hasFocus = (role: 'button' | 'heading' | 'menuitem', name?: string) => () =>
        panel
          .getByRole(role, name === undefined ? { level: 1 } : { name })
          .first()
          .evaluate((it) => it === it.ownerDocument.activeElement);
      await panel.getByRole('button', { name: '菜单' }).focus();
      await shop.keyboard.press('Enter');
      await until(hasFocus('menuitem', '我的个人信息'));
      await shop.keyboard.press('ArrowDown');
      await shop.keyboard.press('ArrowUp');
      await shop.keyboard.press('Enter');
      await panel.locator('.choice').first().waitFor();
      // The heading has the focus; before it lies the way back.
      await until(hasFocus('heading'));
      await shop.keyboard.press('Shift+Tab');
      await shop.keyboard.press('Enter');
      await until(hasFocus('button', '菜单'));
    });

    it('P-0110 F-1606 C-35 one button ends everything; an open console loses the text within 5 s', async () => {
      await desk.locator('.composer textarea').fill(DRAFT);
      await desk.locator('.bubble-text', { hasText: WORDS }).waitFor();
      await openChoices();
      await panel.getByRole('button', { name: '撤回全部同意' }).click();
      const question = panel.locator('.question');
      await question.getByText('立即停止：在线客服').waitFor();
      await question.getByText(/将在.+前删除/).waitFor();
      expect(await axe()).toEqual([]);
      await question.getByRole('button', { name: '撤回同意' }).click();
      await panel.getByText('您已撤回同意').waitFor();
      await until(async () => !(await desk.content()).includes(WORDS));
      await panel.getByText(/与您有关的信息将在.+前删除/).waitFor();
      expect(await axe()).toEqual([]);
      await expect.poll(() => panel.locator('body').textContent()).not.toContain(WORDS);
      // By whichever process is asked: each hears of it by itself.
      await until(async () => !(await Promise.all([1, 2, 3, 4].map(() => itemsOf(desk)))).join().includes(WORDS));
    });

    it('P-0110 the console says in each place why there is no text, and nothing can be written', async () => {
      const log = desk.locator('.log');
      await log.locator('.value-chip', { hasText: '已撤回同意' }).nth(2).waitFor();
      await expect.poll(() => log.locator('.bubble').count()).toBe(0);
      const id = new URL(desk.url()).pathname.split('/').at(-1);
      const row = desk.locator(`a[data-conversation="${id}"]`);
      await expect.poll(() => row.locator('.row-preview .value-chip').textContent()).toBe('已撤回同意');
      await desk.locator('.composer', { hasText: '本人撤回了同意。重新同意后才能查看和回复。' }).waitFor();
      await expect.poll(() => desk.locator('.composer textarea').count()).toBe(0);
      if (looks) expect(await axeFaults(desk)).toEqual([]);
      // Asked again by a page that knows nothing of before, it stays away.
      const anew = await office.page();
      await anew.goto(desk.url());
      await anew.locator('.log .value-chip').nth(2).waitFor();
      expect(await anew.content()).not.toContain(WORDS);
      await anew.close();
      expect(await desk.content()).not.toContain(WORDS);
      await expect.poll(() => log.locator('.value-chip').count()).toBeGreaterThan(2);
    });

    it('P-0110 agreeing again opens the conversation as it was', async () => {
      await panel.getByRole('button', { name: '重新同意' }).click();
      await panel.getByText('已排定的删除会取消').waitFor();
      expect(await axe()).toEqual([]);
      await panel.getByRole('button', { name: '同意', exact: true }).click();
      await panel.locator('.row .text', { hasText: WORDS }).waitFor();
      await say(panel, '我又回来了');
      await panel
        .locator('.row', { hasText: '我又回来了' })
        .getByText(/已发送|已送达|已读/)
        .waitFor();
      await desk.locator('.bubble-text', { hasText: WORDS }).waitFor();
      await desk.locator('.bubble-text', { hasText: '我又回来了' }).waitFor();
      await expect.poll(() => desk.locator('.log .value-chip').count()).toBe(0);
      await expect.poll(() => desk.locator('.composer textarea').inputValue()).toBe(DRAFT);
      await desk.locator('.composer textarea').fill('');
      await desk.locator('a.row .row-preview', { hasText: '我又回来了' }).waitFor();
      await openChoices();
      await expect.poll(() => panel.getByRole('switch', { checked: true }).count()).toBe(1);
    });

    it('neither browser reports a violation of the content security policy', () => {
      expect([...policyViolations(visitor), ...policyViolations(office)]).toEqual([]);
    });
  });
}

/** What the console sends when an agent asks for a field; answers the refusal's code. */
async function askFor(desk: Page, field: string): Promise<string | undefined> {
  return desk.evaluate<string | undefined, string>(
    `(async () => {
    const get = async (path) => (await fetch('/api/v1' + path)).json();
    const { subjectId } = await get('/chat/conversations/' + location.pathname.split('/').at(-1));
    const card = await get('/crm/contacts/by-subject/' + subjectId);
    const answer = await fetch('/api/v1/crm/contacts/' + card.id + '/consent-requests', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ field: '${field}' }),
    });
    return (await answer.json()).code;
  })()`,
    field,
  );
}

/** Everything that an agent can read of the conversation that is open. */
async function itemsOf(desk: Page): Promise<string> {
  return desk.evaluate<string>(`(async () => {
    const get = async (path) => (await fetch('/api/v1' + path)).json();
    const list = await get('/chat/conversations?view=mine');
    const items = await get('/chat/conversations/' + location.pathname.split('/').at(-1) + '/items');
    return JSON.stringify([list, items]);
  })()`);
}

/** What the console sends when an agent writes down a number; answers how it is shown from then on. */
async function writeDown(desk: Page, conversationId: string, mobile: string): Promise<string | undefined> {
  const { subjectId } = await call<ConversationSummary>(desk, 'GET', `chat/conversations/${conversationId}`);
  const { id } = await call<ContactCard>(desk, 'GET', `crm/contacts/by-subject/${subjectId}`);
  const { version } = await call<ContactDetail>(desk, 'GET', `crm/contacts/${id}`);
  const { contact } = await call<Partial<ContactSaved>>(desk, 'PATCH', `crm/contacts/${id}`, {
    version,
    fields: { mobile },
  });
  return contact?.fields.mobile && 'value' in contact.fields.mobile ? contact.fields.mobile.value : undefined;
}
