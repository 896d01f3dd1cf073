import type { ArchivedNotice, InboxDetail, InboxList, NoticeArchive } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { must, openVisitor, postJson, until } from '../world/clients.js';

interface Answer<T> {
  readonly status: number;
  readonly body: T & {
    readonly code?: string;
    readonly details?: Record<string, unknown>;
    readonly errors?: readonly { readonly field: string; readonly rule: string }[];
  };
}

const PAGE = 'https://new-shop.example';

describeColumns('Inboxes', (column) => {
  let world: ChatWorld;

  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const call = async <T = InboxDetail>(method: string, path: string, body?: object, member = 0): Promise<Answer<T>> => {
    const { cookie } = world.tenants[0].members[member]!;
    const response = await fetch(`${world.origin}/api/v1/chat/inboxes${path}`, {
      method,
      headers: { cookie, origin: world.origin, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as Answer<T>;
  };
  const make = async (name = '新渠道'): Promise<InboxDetail> => {
    const made = await call('POST', '', { name });
    expect(made.status).toBe(201);
    return made.body;
  };
  const act = async (inbox: InboxDetail, path: string, body: object = {}): Promise<InboxDetail> => {
    const answer = await call('POST', `/${inbox.id}/${path}`, { version: inbox.version, ...body });
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    return answer.body;
  };
  const edit = (inbox: InboxDetail, body: object) => call('PATCH', `/${inbox.id}`, { version: inbox.version, ...body });
  const ready = async (name?: string): Promise<InboxDetail> => {
    const draft = await make(name);
    const named = await edit(draft, { origins: [PAGE], businessName: '晴川', businessContact: 'privacy@shop.example' });
    return act(await act(named.body, 'notices'), 'attestation');
  };
  const settingsOf = async (key: string) => (await fetch(`${world.origin}/widget/inboxes/${key}.json`)).status;
  const passOf = async (key: string, origin = PAGE) =>
    postJson<{ pass: string }>(world.origin, '/api/v1/chat/widget/passes', { inbox: key }, { origin });

  it('P-0203 P-0204 an inbox is a draft, and going live names everything that is missing', async () => {
    const draft = await make();
    expect(draft).toMatchObject({ state: 'draft', version: 1 });
    expect(draft.missing).toEqual(['origin', 'identity', 'notice', 'attestation']);
    // Its preview says where a contact will stand.
    expect(draft.notice.notices['zh-CN']!.complaints).toMatch(/^……；/);
    const refused = await call('POST', `/${draft.id}/switch-on`, { version: 1 });
    expect([refused.status, refused.body.code]).toEqual([422, 'chat.inbox-incomplete']);
    expect(refused.body.details).toEqual({ missing: 'origin,identity,notice,attestation' });
    expect(await settingsOf(draft.key)).toBe(404);
    const unnamed = await call('POST', `/${draft.id}/notices`, { version: 1 });
    expect([unnamed.status, unnamed.body.details]).toEqual([422, { missing: 'identity' }]);
  });

  it('F-0303 P-0204 a complete one goes live, embeds on exactly its origins, and a visitor writes', async () => {
    const live = await act(await ready(), 'switch-on');
    expect(live).toMatchObject({ state: 'live', missing: [], noticeVersion: 1 });
    const { notice } = live.settings;
    expect(notice['zh-CN']).toMatchObject({ version: 1, controller: '晴川' });
    expect(notice['zh-CN']!.fullText).toContain('privacy@shop.example');
    expect(notice.en!.retention).toBe('24 months after the conversation ends');
    await expect(passOf(live.key, 'https://new-shop.example:444')).rejects.toThrow('chat.origin-refused');
    await expect(passOf(live.key, 'https://a.new-shop.example')).rejects.toThrow('chat.origin-refused');
    const { pass } = await passOf(live.key);
    const settings = await (await fetch(`${world.origin}/widget/inboxes/${live.key}.json`)).json();
    expect(settings).toEqual(live.settings);
    expect(pass).toBeTypeOf('string');
  });

  it('P-0204 P-0205 the notice says who decides, and where to complain: where the business says, and beyond it', async () => {
    const inbox = await ready('complaints');
    const said = (of: InboxDetail) => of.notice.notices.en!;
    expect(said(inbox).complaints).toBe('privacy@shop.example; or the supervisory authority where you live');
    const { body } = await edit(inbox, { complaintContact: ' complaints@shop.example ' });
    expect([body.complaintContact, body.notice.isPublished]).toEqual(['complaints@shop.example', false]);
    const published = await act(body, 'notices');
    expect(published.notice.isPublished).toBe(true);
    expect(published.settings.notice.en).toMatchObject({ version: 2, complaints: said(published).complaints });
    expect(said(published).complaints).toMatch(/^complaints@shop.example; or the supervisory authority/);
    expect(said(published).fullText).toContain('complain to 晴川 (complaints@shop.example)');
    expect(published.settings.notice['zh-CN']!.complaints).toContain('监管部门');
    const tooLong = await edit(published, { complaintContact: 'x'.repeat(201) });
    expect(tooLong.body.errors).toEqual([{ field: 'complaintContact', rule: 'maxLength' }]);
  });

  it('C6 two browsers edit one setting: one is saved, the other is told what changed', async () => {
    const inbox = await make('race');
    const answers = await Promise.all(['one', 'two', 'three', 'four'].map((name) => edit(inbox, { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const lost = answers.find(({ status }) => status === 409)!;
    expect(lost.body.code).toBe('chat.inbox-changed');
    expect(lost.body.details).toMatchObject({ changed: 'name', version: 2 });
    const kept = await call('GET', `/${inbox.id}`);
    expect(kept.body.name).toBe(answers.find(({ status }) => status === 200)!.body.name);
    await edit(kept.body, { phone: '400-820-0000' });
    const late = await edit(inbox, { businessName: 'x' });
    expect(late.body.details).toMatchObject({ changed: 'name,phone', version: 3 });
  });

  it('F-0303 every wrong setting is named with its rule, and nothing is stored', async () => {
    const inbox = await make('bad input');
    const wrong = await edit(inbox, {
      name: `evil\u202Eman`,
      origins: ['https://*.example', 'https://ok.example', 'https://pаypal.com', 'http://shop.example/x'],
    });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'http.invalid-input']);
    expect(wrong.body.errors).toEqual([
      { field: 'name', rule: 'hiddenCharacter' },
      { field: 'origins[0]', rule: 'originWildcard' },
      { field: 'origins[2]', rule: 'originMixedScript' },
      { field: 'origins[3]', rule: 'originPath' },
    ]);
    for (const body of [
      { name: 'x'.repeat(400) },
      { name: '' },
      { look: { brand: 'red', contrast: 'keep', mode: 'auto', side: 'left', offsetX: 0, offsetY: 0 } },
      { look: { brand: '#FF0000', contrast: 'keep', mode: 'auto', side: 'left', offsetX: -1, offsetY: 0 } },
      { locales: ['fr'] },
      { greeting: { fr: 'bonjour' } },
      { phone: 'call me' },
      { active: 1 },
      { identityMode: 'maybe' },
      { greeting: { en: 'x'.repeat(501) } },
    ]) {
      expect([body, (await edit(inbox, body)).status]).toEqual([body, 422]);
    }
    expect((await call('GET', `/${inbox.id}`)).body).toEqual(inbox);
  });

  it('F-0303 the look is saved with colours that can be read', async () => {
    const inbox = await make('look');
    const look = { brand: '#07c160', contrast: 'keep', mode: 'dark', side: 'left', offsetX: 8, offsetY: 12 } as const;
    const { body } = await edit(inbox, { look, greeting: { 'zh-CN': '您好', en: 'Hello' } });
    expect(body.look).toEqual({ ...look, brand: '#07C160' });
    expect(body.settings.theme).toMatchObject({ brand: '#07C160', onBrand: '#000000', mode: 'dark' });
    expect(body.settings.place).toEqual({ side: 'left', x: 8, y: 12 });
    const origins = (await edit(body, { origins: ['https://晴川.中国'] })).body.origins;
    expect(origins).toEqual([{ origin: new URL('https://晴川.中国').origin, shown: 'https://晴川.中国' }]);
  });

  it('P-0203 what an inbox in use needs is not taken away from it', async () => {
    const live = await act(await ready(), 'switch-on');
    const refused = await edit(live, { origins: [] });
    expect([refused.status, refused.body.details]).toEqual([422, { missing: 'origin' }]);
    const unnamed = await edit(live, { businessName: '' });
    expect([unnamed.status, unnamed.body.details]).toEqual([422, { missing: 'identity' }]);
    expect((await call('GET', `/${live.id}`)).body).toEqual(live);
  });

  it('F-1601 a new notice supersedes the old one, which stays readable; an unknown version is 404', async () => {
    const live = await act(await ready(), 'switch-on');
    const again = await call('POST', `/${live.id}/notices`, { version: live.version });
    expect([again.status, again.body.code]).toEqual([409, 'chat.notice-unchanged']);
    const renamed = (await edit(live, { businessName: '晴川二店' })).body;
    expect(renamed.notice.isPublished).toBe(false);
    expect(renamed.settings.notice['zh-CN']!.controller).toBe('晴川');
    const second = await act(renamed, 'notices');
    expect(second.noticeVersion).toBe(2);
    const url = `${world.origin}/widget/inboxes/${live.key}/notices`;
    const list = (await (await fetch(url)).json()) as NoticeArchive;
    expect(list.items.map(({ version, locales }) => [version, locales])).toEqual([
      [2, ['en', 'zh-CN']],
      [1, ['en', 'zh-CN']],
    ]);
    const old = (await (await fetch(`${url}/1`)).json()) as ArchivedNotice;
    expect(old.notices['zh-CN']).toEqual(live.settings.notice['zh-CN']);
    for (const unknown of ['3', '0', 'x', '-1']) {
      expect([404, 422]).toContain((await fetch(`${url}/${unknown}`)).status);
    }
    expect((await fetch(`${url}/3`)).status).toBe(404);
    expect((await fetch(`${world.origin}/widget/inboxes/nobodyknows/notices`)).status).toBe(404);
  });

  it('C6 switching off and ending reach open sockets within 5 s; history and notices stay', async () => {
    const inbox = world.tenants[0];
    const seen = await call('GET', `/${inbox.inboxId}`);
    const visitor = await world.visitor();
    must(await visitor.send('before'));
    expect((await call('POST', `/${inbox.inboxId}/switch-off`, { version: seen.body.version })).status).toBe(200);
    await until(() => visitor.socket.disconnected);
    expect(await settingsOf(inbox.inboxKey)).toBe(404);
    const live = await act((await call('GET', `/${inbox.inboxId}`)).body, 'switch-on');
    await until(async () => (await settingsOf(inbox.inboxKey)) === 200);
    const back = await openVisitor(world.origin, inbox.inboxKey, { token: visitor.token, agree: false });
    must(await back.send('again'));
    back.close();
    const wrong = await call('DELETE', `/${live.id}`, { version: live.version, name: 'another' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'chat.inbox-name-differs']);
    expect((await call('DELETE', `/${live.id}`, { version: live.version, name: live.name })).status).toBe(204);
    await until(async () => (await settingsOf(inbox.inboxKey)) === 404);
    const agent = await world.agent();
    const page = await agent.list('unassigned');
    expect(page.items.map(({ inboxName }) => inboxName)).toContain(live.name);
    expect((await call<InboxList>('GET', '')).body.items.map(({ id }) => id)).not.toContain(live.id);
    expect((await fetch(`${world.origin}/widget/inboxes/${inbox.inboxKey}/notices/1`)).status).toBe(200);
    const ended = await call('POST', `/${live.id}/switch-on`, { version: live.version + 1 });
    expect([ended.status, ended.body.code]).toEqual([409, 'chat.inbox-ended']);
  });

  it('P-1004 only who manages inboxes may; an id of another workspace is not there', async () => {
    for (const member of [1, 3]) expect((await call('GET', '', undefined, member)).status).toBe(403);
    const foreign = world.tenants[1].inboxId;
    expect((await call('GET', `/${foreign}`)).status).toBe(404);
    expect((await call('PATCH', `/${foreign}`, { version: 1, name: 'taken over' })).body.code).toBe(
      'chat.inbox-not-found',
    );
  });
});
