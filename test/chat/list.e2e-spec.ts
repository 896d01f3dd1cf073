import type {
  AgentSent,
  ConversationLabels,
  ConversationPage,
  Label,
  LabelUse,
  ListCounts,
  SavedView,
  SavedViews,
} from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemberWork } from '../../apps/chat/src/conversations/member-work.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, type Visitor } from '../world/clients.js';

interface Answer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string };
}

const [OWNER, ADA, BEN, OFFICER] = [0, 1, 2, 3];

describeColumns('the list of conversations on $column', (column) => {
  let world: ChatWorld;
  let owner: Agent;
  let ada: Agent;
  let ben: Agent;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    owner = await world.agent({ member: OWNER });
    ada = await world.agent({ member: ADA });
    ben = await world.agent({ member: BEN });
  });
  afterAll(() => world?.close());

  const call = async <T>(
    who: Pick<Agent, 'cookie'>,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer<T>> => {
    const headers = { cookie: who.cookie, origin: world.origin };
    const sent = body
      ? { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
      : {};
    const response = await fetch(`${world.origin}/api/v1/chat${path}`, { method, headers, ...sent });
    const text = await response.text();
    return { status: response.status, body: text === '' ? ({} as never) : JSON.parse(text) };
  };
  const find = (who: Pick<Agent, 'cookie'>, query: string) =>
    call<ConversationPage>(who, 'GET', `/conversations?limit=100&${query}`);
  const ids = async (who: Agent, query: string): Promise<string[]> =>
    ((await find(who, query)).body.items ?? []).map(({ id }) => id);
  const visit = async (): Promise<{ id: string; visitor: Visitor }> => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    // Ids are in the order of time; the order of the list follows a little later.
    const id = (await ids(owner, 'view=all')).sort().at(-1)!;
    return { id, visitor };
  };
  const label = async (name: string): Promise<Label> =>
    (await call<Label>(owner, 'POST', '/labels', { name, colour: 'teal' })).body;
  const put = (who: Agent, id: string, labelId: string) =>
    call<ConversationLabels>(who, 'PUT', `/conversations/${id}/labels/${labelId}`);
  const reply = (who: Agent, conversationId: string) =>
    ask<AgentSent>(who.socket, 'message:send', { conversationId, sender: newSender(), number: 1, text: 'answer' });

  it('F-0301 labels: of one name only one is made, however it is written and however many ask at once', async () => {
    const answers = await Promise.all(
      ['退货', '退货', ' 退货 '].map((name) => call(owner, 'POST', '/labels', { name, colour: 'red' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const vip = await label('VIP');
    const alike = await call(owner, 'POST', '/labels', { name: 'ｖｉｐ', colour: 'blue' });
    expect([alike.status, alike.body.code]).toEqual([409, 'chat.label-exists']);
    const renamed = await call(owner, 'PATCH', `/labels/${vip.id}`, { name: '退货' });
    expect(renamed.body.code).toBe('chat.label-exists');
    const edited = await call<Label>(owner, 'PATCH', `/labels/${vip.id}`, { name: 'Vip', colour: 'amber', order: 0 });
    expect(edited.body).toEqual({ id: vip.id, name: 'Vip', colour: 'amber', order: 0, archived: false });
    const all = await call<{ items: readonly Label[] }>(ada, 'GET', '/labels');
    expect(all.body.items.map(({ name }) => name)).toEqual(['Vip', '退货']);
    for (const body of [
      { name: '', colour: 'red' },
      { name: 'x'.repeat(51), colour: 'red' },
      { name: 'a\u202eb', colour: 'red' },
      { name: 'a', colour: '#ff0000' },
      { name: 'a' },
    ]) {
      expect((await call(owner, 'POST', '/labels', body)).status).toBe(422);
    }
    expect((await call(ada, 'POST', '/labels', { name: 'mine', colour: 'red' })).status).toBe(403);
    const foreign = await world.agent({ tenant: world.tenants[1], member: OWNER });
    expect((await call(foreign, 'PATCH', `/labels/${vip.id}`, { name: 'x' })).body.code).toBe('chat.label-not-found');
    expect((await call(foreign, 'DELETE', `/labels/${vip.id}`)).status).toBe(404);
  });

  it('F-0301 a label is put on by who may answer, is seen live by the others, and goes when it is deleted', async () => {
    const { id } = await visit();
    const urgent = await label('urgent');
    expect((await put(ada, id, urgent.id)).status).toBe(404);
    expect((await ada.take(id)).status).toBe(200);
    const told: string[] = [];
    owner.socket.on('conversation', ({ conversationId }) => told.push(conversationId));
    owner.socket.on('labels', () => told.push('labels'));
    const { id: labelId, name, colour } = urgent;
    expect((await put(ada, id, labelId)).body).toEqual({ items: [{ id: labelId, name, colour }] });
    expect((await put(ada, id, labelId)).status).toBe(200);
    await expect.poll(() => told).toContain(id);
    expect((await put(ben, id, labelId)).body.code).toBe('chat.conversation-not-found');
    expect((await put(ada, id, newId())).body.code).toBe('chat.label-not-found');
    expect(await ids(ada, `view=all&label=${labelId}`)).toEqual([id]);
    expect((await call<LabelUse>(owner, 'GET', `/labels/${labelId}/use`)).body).toEqual({ conversations: 1 });
    const kept = { name: '急', view: 'all', sort: 'newest', filter: { label: [labelId], unread: true } };
    const view = (await call<SavedView>(ada, 'POST', '/views', kept)).body;
    expect((await call(owner, 'DELETE', `/labels/${labelId}`)).status).toBe(204);
    await expect.poll(() => told).toContain('labels');
    expect((await find(ada, 'view=mine')).body.items.find((row) => row.id === id)?.labels).toEqual([]);
    expect((await find(ada, `view=all&label=${labelId}`)).body.code).toBe('chat.label-not-found');
    const left = (await call<SavedViews>(ada, 'GET', '/views')).body.items.find((one) => one.id === view.id);
    expect(left?.filter).toEqual({ unread: true });
    await call(ada, 'DELETE', `/views/${view.id}`);
  });

  it('F-0301 a label that is deleted while it is put on is on nothing afterwards', async () => {
    const { id } = await visit();
    await ada.take(id);
    for (let round = 0; round < 5; round++) {
      const { id: labelId } = await label(`fleeting ${round}`);
      const [on, gone] = await Promise.all([put(ada, id, labelId), call(owner, 'DELETE', `/labels/${labelId}`)]);
      expect(gone.status).toBe(204);
      expect([200, 404]).toContain(on.status);
    }
    expect((await find(ada, 'view=mine')).body.items.find((row) => row.id === id)?.labels).toEqual([]);
  });

  it('F-0301 an archived label stays where it is and comes nowhere else', async () => {
    const [one, other] = [await visit(), await visit()];
    for (const { id } of [one, other]) await ada.take(id);
    const old = await label('old');
    await put(ada, one.id, old.id);
    await call(owner, 'PATCH', `/labels/${old.id}`, { archived: true });
    expect((await put(ada, other.id, old.id)).body.code).toBe('chat.label-archived');
    expect((await put(ada, one.id, old.id)).body.items).toHaveLength(1);
    const off = await call<ConversationLabels>(ada, 'DELETE', `/conversations/${one.id}/labels/${old.id}`);
    expect(off.body).toEqual({ items: [] });
  });

  it('F-0301 filters narrow what one sees and show nothing more', async () => {
    const [mine, hers, queued] = [await visit(), await visit(), await visit()];
    await ada.take(mine.id);
    await ben.take(hers.id);
    must(await reply(ben, hers.id));
    const me = world.tenants[0].members[ADA]!.id;
    const her = world.tenants[0].members[BEN]!.id;
    expect(await ids(ada, `view=all&assignee=${her}`)).toEqual([]);
    expect(await ids(owner, `view=all&assignee=${her}`)).toContain(hers.id);
    for (const query of [
      '',
      '&unread=true',
      '&state=open,queued,snoozed,resolved',
      '&assignee=me,nobody',
      '&waiting=1',
    ]) {
      expect(await ids(ada, `view=all${query}`)).not.toContain(hers.id);
    }
    expect(await ids(ada, `view=all&assignee=${me}`)).toEqual(await ids(ada, 'view=all&assignee=me'));
    expect(await ids(ada, 'view=all&assignee=me')).toContain(mine.id);
    expect(await ids(ada, 'view=all&assignee=nobody')).toContain(queued.id);
    expect(await ids(ada, 'view=all&assignee=nobody,me')).toEqual(expect.arrayContaining([mine.id, queued.id]));
    expect(await ids(owner, `view=all&inbox=${world.tenants[0].inboxId}&state=queued`)).toContain(queued.id);
    expect(await ids(owner, 'view=all&state=resolved,snoozed')).toEqual([]);
    const unread = await ids(ada, 'view=all&unread=true');
    expect(unread).toContain(queued.id);
    must(await reply(ada, mine.id));
    await expect.poll(() => ids(ada, 'view=all&unread=true&assignee=me')).not.toContain(queued.id);
    // Whoever has not read it need not: nothing in it waits any more.
    expect(await ids(owner, 'view=all&unread=true')).toContain(hers.id);
    await ben.post(`/conversations/${hers.id}/resolve`);
    expect(await ids(owner, 'view=all&unread=true')).not.toContain(hers.id);
    expect(await ids(owner, 'view=all')).toContain(hers.id);
    const { cookie } = world.tenants[0].members[OFFICER]!;
    expect((await find({ cookie }, 'view=all')).status).toBe(403);
  });

  it('F-0301 the conversations of one person are found by their id and by their handle, as far as one sees', async () => {
    const [hers, other] = [await visit(), await visit()];
    await ben.take(hers.id);
    const { subjectId, handle } = (await find(owner, 'view=all')).body.items.find(({ id }) => id === hers.id)!;
    expect(await ids(owner, `view=all&person=${subjectId}`)).toEqual([hers.id]);
    expect(await ids(ben, `view=mine&person=${subjectId}`)).toEqual([hers.id]);
    expect(await ids(owner, `view=all&handle=${handle.toLowerCase()}`)).toContain(hers.id);
    expect(await ids(owner, `view=all&handle=${handle}`)).not.toContain(other.id);
    // What somebody else has is not there, and neither is its person.
    expect(await ids(ada, `view=all&handle=${handle}`)).not.toContain(hers.id);
    for (const [who, person] of [
      [ada, subjectId],
      [owner, newId()],
    ] as const) {
      const answer = await find(who, `view=all&person=${person}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'chat.conversation-not-found']);
    }
  });

  it('F-0301 whoever waits longest comes first, and who was answered waits no longer', async () => {
    const [first, second, third] = [await visit(), await visit(), await visit()];
    const waiting = async () =>
      (await ids(owner, 'view=all&sort=longest-waiting')).filter((id) => [first.id, second.id, third.id].includes(id));
    expect(await waiting()).toEqual([first.id, second.id, third.id]);
    await ada.take(first.id);
    must(await reply(ada, first.id));
    expect(await waiting()).toEqual([second.id, third.id]);
    must(await first.visitor.send('one more'));
    must(await second.visitor.send('still here'));
    expect(await waiting()).toEqual([second.id, third.id, first.id]);
    await ada.post(`/conversations/${first.id}/resolve`);
    expect(await waiting()).toEqual([second.id, third.id]);
    const { body } = await find(owner, 'view=all&sort=longest-waiting');
    const since = body.items.find(({ id }) => id === second.id)!.waitingSince!;
    expect(since).toBeGreaterThan(Date.now() - 120_000);
    expect(await ids(owner, 'view=all&waiting=60')).toEqual([]);
  });

  it('F-0301 every row that does not move is on exactly one page, in both orders, while others move', async () => {
    const talks = [];
    for (let each = 0; each < 6; each++) talks.push(await visit());
    await world.platform.consumers.settle();
    for (const sort of ['newest', 'longest-waiting']) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const at: string = cursor === null ? '' : `&cursor=${cursor}`;
        const { body }: Answer<ConversationPage> = await call(
          owner,
          'GET',
          `/conversations?view=all&sort=${sort}&limit=2${at}`,
        );
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.next;
        must(await talks[0]!.visitor.send('moves up'));
        await world.platform.consumers.settle();
      } while (cursor !== null);
      const still = talks.slice(1).map(({ id }) => id);
      expect(seen.filter((id) => still.includes(id)).sort()).toEqual(still.sort());
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it('F-0301 what is no filter, no order, no cursor and nothing of this workspace is refused', async () => {
    const foreign = world.tenants[1];
    const cases = [
      ['person=x', 422, 'http.invalid-input'],
      ['handle=4F2', 422, 'http.invalid-input'],
      ['handle=%25%25%25%25', 422, 'http.invalid-input'],
      ['state=closed', 422, 'http.invalid-input'],
      ['waiting=0', 422, 'http.invalid-input'],
      ['waiting=soon', 422, 'http.invalid-input'],
      ['unread=maybe', 422, 'http.invalid-input'],
      ['sort=alphabet', 422, 'http.invalid-input'],
      ['view=everything', 422, 'http.invalid-input'],
      ['inbox=x', 422, 'http.invalid-input'],
      ['assignee=x', 422, 'http.invalid-input'],
      ['shape=round', 422, 'http.invalid-input'],
      [`inbox=${Array.from({ length: 21 }, () => newId()).join()}`, 422, 'http.invalid-input'],
      ['cursor=1', 422, 'chat.cursor-invalid'],
      [`cursor=w1.${newId()}`, 422, 'chat.cursor-invalid'],
      [`sort=longest-waiting&cursor=1.${newId()}`, 422, 'chat.cursor-invalid'],
      [`inbox=${foreign.inboxId}`, 404, 'chat.inbox-not-found'],
      [`assignee=${foreign.members[ADA]!.id}`, 404, 'chat.member-not-found'],
      [`label=${newId()}`, 404, 'chat.label-not-found'],
    ] as const;
    for (const [query, status, code] of cases) {
      const answer = await call(owner, 'GET', `/conversations?${query}`);
      expect([query, answer.status, answer.body.code]).toEqual([query, status, code]);
    }
  });

  it('F-0301 counts are of what one sees, and saved views are counted too', async () => {
    const kept = { name: 'waiting for nobody', view: 'all', sort: 'newest', filter: { assignee: ['nobody'] } };
    const { id } = (await call<SavedView>(ada, 'POST', '/views', kept)).body;
    const counts = (await call<ListCounts>(ada, 'GET', '/conversations/counts')).body;
    const all = (await find(ada, 'view=all')).body.items;
    const open = (state: string) => all.filter((row) => row.state === state).length;
    expect(counts.states).toEqual({
      queued: open('queued'),
      open: open('open'),
      snoozed: 0,
      resolved: open('resolved'),
    });
    expect(counts.views.unassigned).toBe(open('queued'));
    expect(counts.views.all).toBe(open('queued') + open('open'));
    expect(counts.saved).toEqual({ [id]: all.filter(({ assigneeId }) => assigneeId === null).length });
    await call(ada, 'DELETE', `/views/${id}`);
  });

  it('F-0301 a saved view is its member’s alone, at most thirty, and goes with the member', async () => {
    const kept = { name: '我的未读', view: 'mine', sort: 'longest-waiting', filter: { unread: true, state: ['open'] } };
    const made = await call<SavedView>(ben, 'POST', '/views', kept);
    expect([made.status, made.body]).toEqual([201, { ...kept, id: made.body.id, order: 0 }]);
    const { id } = made.body;
    for (const other of [ada, owner]) {
      expect((await call(other, 'PUT', `/views/${id}`, kept)).body.code).toBe('chat.view-not-found');
      expect((await call(other, 'DELETE', `/views/${id}`)).status).toBe(404);
    }
    const edit = { ...kept, name: 'later', filter: { waiting: 30 } };
    expect((await call<SavedView>(ben, 'PUT', `/views/${id}`, edit)).body).toEqual({ ...edit, id, order: 0 });
    const bad = [
      { ...kept, name: '' },
      { ...kept, view: 'x' },
      { ...kept, filter: { colour: 'red' } },
      { ...kept, filter: { state: ['x'] } },
      { ...kept, filter: undefined },
    ];
    for (const body of bad) expect((await call(ben, 'POST', '/views', body)).status).toBe(422);
    const lost = { ...kept, filter: { label: [newId()] } };
    expect((await call(ben, 'POST', '/views', lost)).body.code).toBe('chat.label-not-found');
    const many = await Promise.all(Array.from({ length: 32 }, () => call(ben, 'POST', '/views', kept)));
    expect(many.filter(({ status }) => status === 201)).toHaveLength(29);
    expect(many.find(({ status }) => status !== 201)?.body.code).toBe('chat.too-many-views');
    const tenantId = world.tenants[0].id;
    const rows = () =>
      world.platform.work.upkeep(
        async (tx) =>
          tx.all<{ name_sealed: Buffer }>('SELECT name_sealed FROM chat_view WHERE tenant_id = ?', [tenantId]),
        new Set([tenantId]),
      );
    for (const row of await rows()) expect(Buffer.from(row.name_sealed).includes('later')).toBe(false);
    const member = world.tenants[0].members[BEN]!;
    const work = world.app.get(MemberWork, { strict: false });
    await work.handOver({ tenantId, memberId: member.id, to: null, by: member.id, correlationId: 'leaver' });
    expect(await rows()).toEqual([]);
  });
});
