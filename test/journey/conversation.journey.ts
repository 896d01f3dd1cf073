import type { FrameLocator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  agreeInWidget,
  type Browser,
  closePanel,
  openBrowser,
  openPanel,
  openShop,
  openUnassigned,
  policyViolations,
  say,
  signInByForm,
  storedBy,
  takeNewest,
} from './browser.js';
import { axeFaults } from './looks.js';
import { LEAVE_LIST, LOOK } from './page-side.js';
import type { Product } from './product.js';
import type { Stage } from './stage.js';
import { TabReport } from './tab-report.js';

/** In the page of whoever is signed in; answers the status. */
const MAKE_CANNED = (body: string): Promise<number> =>
  fetch('/api/v1/chat/canned-responses', {
    ...{ method: 'POST', body },
    headers: { 'content-type': 'application/json' },
  }).then(({ status }) => status);

/** The numbers beside the list, read again after each act. */
const LIST_READ = /\/chat\/conversations\/counts/;
const WAITING = { timeout: 20_000, interval: 50 };

const MARKUP = '<img src=x onerror="document.title=1"><b>榨汁机</b>收到就不转了';

/** `looks`: also what axe says; a screen is the same whatever lies below it. */
export function conversationJourney(stage: () => Stage, looks: boolean): void {
  describe('a visitor and an agent', () => {
    let product: Product;
    let visitor: Browser;
    let office: Browser;
    let shop: Page;
    let panel: FrameLocator;
    let desk: Page;
    let tabs: TabReport;
    let untouched: Record<string, number>;
    beforeAll(async () => {
      product = stage().product;
      const browsers = [openBrowser(), stage().openOffice()] as const;
      [visitor, office, untouched] = await Promise.all([...browsers, product.countWhenQuiet()]);
      tabs = new TabReport(visitor.context);
    });
    afterAll(async () => {
      await Promise.all([visitor?.close(), office?.close()]);
    });

    it('P-0101 F-0303 before opening: only static files, no cookie, no storage, no socket, no row', async () => {
      const requests: string[] = [];
      const sockets: string[] = [];
      visitor.context.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
      visitor.context.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
      shop = await openShop(visitor, product);
      // Whatever the page would still do by itself, it has done.
      await shop.waitForLoadState('networkidle');
      const ours = requests
        .filter((line) => line.includes(product.console))
        .map((line) => line.split(product.console)[1]);
      expect(ours).toEqual(['/widget/loader.js', expect.stringMatching(/^\/widget\/inboxes\/[\w-]+\.json$/)]);
      expect(requests.every((line) => line.startsWith('GET '))).toBe(true);
      expect(sockets).toEqual([]);
      expect(shop.frames()).toHaveLength(1);
      expect(await storedBy(shop)).toEqual({ cookies: 0, keys: [] });
      expect(await product.countWhenQuiet()).toEqual(untouched);
    });

    it('P-0101 P-0204 the notice names who, why, what and where to complain; agree and decline are equals', async () => {
      panel = await openPanel(shop);
      await panel.getByRole('heading', { name: '开始前，请了解我们如何处理您的信息' }).waitFor();
      expect(await panel.locator('dt').allTextContents()).toEqual([
        '处理者',
        '目的',
        '信息种类',
        '保存期限',
        '您的权利',
        '投诉',
      ]);
      await panel.getByText('privacy@demo.example；也可以向您所在地的监管部门投诉').waitFor();
      await vi.waitFor(async () => expect(await lookOf(panel, '同意')).toEqual(await lookOf(panel, '不同意')), WAITING);
    });

    it('P-0101 who declines leaves nothing anywhere and is asked again next time', async () => {
      const before = personal(await product.countRows());
      await panel.getByRole('button', { name: '不同意', exact: true }).click();
      await panel.getByText('没有留下任何记录').waitFor();
      // First: a few seconds later it would be closed already.
      await closePanel(shop);
      expect(await storedBy(shop)).toEqual({ cookies: 0, keys: [] });
      expect(personal(await product.countRows())).toEqual(before);
      panel = await agreeInWidget(shop);
      expect(await storedBy(shop)).toEqual({ cookies: 0, keys: [] });
      expect(personal(await product.countRows())).toEqual(before);
    });

    it('F-0301 F-0304 the first message makes the person, is shown as text and waits in the console', async () => {
      await say(panel, MARKUP);
      await panel.getByText('已发送').waitFor();
      expect(await panel.locator('.log img, .log b').count()).toBe(0);
      await expect.poll(async () => (await storedBy(shop)).keys.length).toBe(2);
      expect((await storedBy(shop)).cookies).toBe(0);
      desk = await office.page();
      await signInByForm(desk, product);
      await openUnassigned(desk);
      await desk.locator('[data-screen=conversation][data-state=headline]').waitFor();
      expect(await desk.locator('body').textContent()).not.toContain('榨汁机');
    });

    it('F-0106 F-0111 the session cookie has its prefix on plain 127.0.0.1 and no script reads it', async () => {
      const cookies = await office.context.cookies();
      expect(cookies).toHaveLength(1);
      expect(cookies[0]).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
      expect(cookies[0]!.name).toMatch(/^__Host-/);
      expect(await desk.evaluate('document.cookie')).toBe('');
    });

    it('F-0301 taken, typed, answered, read: both sides see it live', async () => {
      await takeNewest(desk);
      await expect.poll(() => desk.locator('.bubble-text').first().textContent()).toBe(MARKUP);
      expect(await desk.locator('.log img, .log b').count()).toBe(0);
      await panel.getByText('王敏 正在为您服务').waitFor();
      // It is shown for a moment: looked for from before it begins.
      await Promise.all([panel.getByText('正在输入').waitFor(), desk.locator('textarea').pressSequentially('您好')]);
      await say(desk, '您好，请发一张机身标签照片');
      await panel.getByText('您好，请发一张机身标签照片').waitFor();
      await desk.locator('[data-delivery=read]').waitFor();
      await panel.getByText('已读').waitFor();
      await Promise.all([desk.getByText('访客正在输入…').waitFor(), panel.locator('textarea').pressSequentially('好')]);
      await say(panel, '好的');
      await desk.locator('.bubble-text', { hasText: /^好的$/ }).waitFor();
      await desk.locator('a.row .row-preview', { hasText: '好的' }).waitFor();
    });

    it('F-0301 a private note stays inside', async () => {
      await desk.getByRole('button', { name: '内部备注' }).click();
      await desk.locator('.composer-note').waitFor();
      await say(desk, '直接走免检退款');
      await desk.locator('.bubble-note', { hasText: '直接走免检退款' }).waitFor();
      await desk.getByRole('button', { name: '回复', exact: true }).click();
      await desk.locator('.composer-message').waitFor();
      await say(desk, '已经为您登记');
      await panel.getByText('已经为您登记').waitFor();
      expect(await panel.locator('body').textContent()).not.toContain('免检');
    });

    it('F-0310 a second tab and a return show the same conversation', async () => {
      const tab = await openShop(visitor, product);
      await tabs.explaining({ first: shop, second: tab }, async () => {
        const second = await openPanel(tab);
        await second.getByText('已经为您登记').waitFor();
        await say(second, '来自第二个标签页');
        await panel.getByText('来自第二个标签页').waitFor();
        await vi.waitFor(async () => expect(await texts(second)).toEqual(await texts(panel)), WAITING);
      });
      await tab.close();
      await shop.reload();
      panel = await openPanel(shop);
      await panel.getByText('来自第二个标签页').waitFor();
      expect((await texts(panel)).slice(-5)).toEqual([
        MARKUP,
        '您好，请发一张机身标签照片',
        '好的',
        '已经为您登记',
        '来自第二个标签页',
      ]);
    });

    it('F-0301 what is written without a network waits, says so and arrives in order', async () => {
      await visitor.context.setOffline(true);
      await panel.getByText('网络已断开').waitFor();
      await say(panel, '离线一');
      await say(panel, '离线二');
      await panel.getByText('发送中').last().waitFor();
      await visitor.context.setOffline(false);
      await desk.locator('.bubble-text', { hasText: '离线二' }).waitFor();
      await office.context.setOffline(true);
      await desk.locator('.connection-bar').waitFor();
      await say(desk, '稍等');
      await desk.locator('[data-delivery=waiting]').waitFor();
      await office.context.setOffline(false);
      await panel.getByText('稍等').waitFor();
      await expect.poll(async () => (await texts(panel)).slice(-3)).toEqual(['离线一', '离线二', '稍等']);
    });

    it('F-0304 a canned response goes in by keyboard, and waits for what it leaves open', async () => {
      const text = '{{contact.name}}您好，我是{{agent.name}}';
      const body = { owner: 'me', shortcut: 'gengjin', title: '跟进', text, locale: null, position: 1 };
      const made = await desk.evaluate(MAKE_CANNED, JSON.stringify(body));
      expect(made).toBe(201);
      const box = desk.locator('.composer textarea');
      await box.click();
      await box.pressSequentially('/gen');
      await desk.getByRole('option', { name: /gengjin/ }).waitFor();
      await box.press('Enter');
      await expect.poll(() => box.inputValue()).toBe('{{contact.name}}您好，我是王敏');
      await box.press('Enter');
      await desk.getByText('还没有填：联系人称呼').waitFor();
      await box.press('Tab');
      await desk.keyboard.type('林女士');
      await box.press('Enter');
      await panel.getByText('林女士您好，我是王敏').waitFor();
    });

    it('F-0303 a note reaches the colleague whom it names, and nobody else', async () => {
      const colleague = await stage().officeOf('owner');
      const page = await colleague.page();
      await page.goto(product.console);
      await desk.locator('.mode', { hasText: '内部备注' }).click();
      const box = desk.locator('.composer-note textarea');
      await box.pressSequentially('请@许');
      await desk.getByRole('option', { name: '许晴川' }).waitFor();
      await box.press('Enter');
      await desk.getByText('被提及的同事从此可以阅读此会话').waitFor();
      await box.pressSequentially('看一下');
      await box.press('Enter');
      await page.locator('.nav-item[href$=mentions] .nav-count').waitFor();
      await page.locator('.nav-item[href$=mentions]').click();
      await page.locator('a.row[href*="/mentions/"]').click();
      await page.getByText('请@许晴川 看一下').waitFor();
      await page.locator('.nav-item[href$=mentions] .nav-count').waitFor({ state: 'detached' });
      expect(await desk.locator('.nav-item[href$=mentions] .nav-count').count()).toBe(0);
      expect(await panel.locator('body').textContent()).not.toContain('看一下');
      await colleague.close();
      await desk.locator('.mode', { hasText: '回复' }).click();
    });

    it('F-0303 put off by keyboard it comes back when the visitor writes, who sees none of it; U takes back what was done', async () => {
      const title = desk.locator('.conversation-title h2');
      await title.click();
      await desk.keyboard.press('s');
      await desk.getByRole('dialog', { name: '暂缓至' }).waitFor();
      if (looks) expect(await axeFaults(desk)).toEqual([]);
      await desk.keyboard.press('Enter');
      await desk.locator('.conversation-title .status-snoozed').waitFor();
      await desk.locator('a.row', { hasText: '暂缓' }).waitFor();
      expect(await panel.locator('body').textContent()).not.toContain('暂缓');
      await say(panel, '又想起一件事');
      await desk.getByText('暂缓已结束').waitFor();
      await title.locator('.status-open').waitFor();
      await title.click();
      await desk.keyboard.press('e');
      await desk.locator('.undo-toast', { hasText: '已解决' }).waitFor();
      await panel.getByText('会话已解决').waitFor();
      await desk.keyboard.press('u');
      await desk.locator('.undo-toast', { hasText: '已撤销' }).waitFor();
      await title.locator('.status-open').waitFor();
      await panel.getByText('会话已解决').waitFor({ state: 'detached' });
    });

    it('F-0301 resolved, the visitor is told; a new message opens it again', async () => {
      await desk.getByRole('button', { name: '解决' }).click();
      await desk.locator('h2 .status-resolved').waitFor();
      await panel.getByText('会话已解决').waitFor();
      await say(panel, '还有一个问题');
      await desk.getByText('访客发来新消息，会话已重新打开').waitFor();
      await desk.locator('h2 .status-open').waitFor();
    });

    it('F-0303 no press is lost while the list is still read again after the one before', async () => {
      const held: Route[] = [];
      await desk.route(LIST_READ, (route) => void held.push(route));
      const reading = desk.waitForRequest(LIST_READ);
      await desk.getByRole('button', { name: '解决' }).click();
      await reading;
      await desk.locator('.undo-toast', { hasText: '已解决' }).waitFor();
      await panel.getByText('会话已解决').waitFor();
      await desk.getByRole('button', { name: '重新打开' }).first().click();
      await panel.getByText('会话已解决').waitFor({ state: 'detached' });
      await Promise.all(held.map((route) => route.continue()));
      await desk.unroute(LIST_READ);
      await desk.locator('h2 .status-open').waitFor();
    });

    it('F-0303 while one rests on the list it keeps its rows; pointer and focus gone, also at once, the new one stands there', async () => {
      const others = await Promise.all([stage().openVisitor(), stage().openVisitor()]);
      const write = async (browser: Browser): Promise<void> =>
        say(await agreeInWidget(await openShop(browser, product)), '还有人在吗');
      const tab = await office.page();
      await tab.goto(product.console);
      await tab.locator('.nav-item[href$=unassigned]').click();
      const list = tab.locator('[data-screen=conversation-list][data-state=ready]');
      await write(others[0]);
      await list.hover();
      await list.getByRole('button').first().focus();
      await write(others[1]);
      await list.locator('.pill').waitFor();
      const rows = await list.locator('a.row').count();
      await tab.evaluate(LEAVE_LIST);
      await list.locator('.pill').waitFor({ state: 'detached' });
      await expect.poll(() => list.locator('a.row').count()).toBe(rows + 1);
      await Promise.all([tab, ...others].map((one) => one.close()));
    });

    it('neither browser reports a violation of the content security policy', () => {
      expect(policyViolations(visitor)).toEqual([]);
      expect(policyViolations(office)).toEqual([]);
      // The one look at "who am I" before signing in, what was asked while the line was cut, and what a process that was
      // halted for some seconds refuses until it has heard what it missed.
      const known = /401 \(Unauthorized\)|ERR_INTERNET_DISCONNECTED|WebSocket connection|503 \(Service Unavailable\)/;
      expect([...visitor.complaints, ...office.complaints].filter((line) => !known.test(line))).toEqual([]);
    });
  });
}

/** Everything a person could tell two buttons apart by. */
function lookOf(panel: FrameLocator, name: string): Promise<unknown> {
  return panel.getByRole('button', { name, exact: true }).evaluate(LOOK);
}

/** A tenant's own signing key is made at its first use; it belongs to no person. */
function personal({ keystore_tenant_key, ...counts }: Record<string, number>): Record<string, number> {
  return counts;
}

function texts(panel: FrameLocator): Promise<string[]> {
  return panel.locator('.row .text').allTextContents();
}
