import type { ContactPage, PersonNames } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CrmWorld, type MemberName, openCrmWorld, type Person, SCOPES } from '../crm-world.fixture.js';
import { SEARCHES_PER_HOUR } from './contact-searching.js';

describeColumns('reads of contacts on $column', (column) => {
  let world: CrmWorld;
  const list = async (who: MemberName, query = ''): Promise<ContactPage> => {
    const answer = await world.call(who, 'GET', query);
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
    return answer.json();
  };
  const search = async (who: MemberName, body: object): Promise<ContactPage> => {
    const answer = await world.call(who, 'POST', '/searches', body);
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
    return answer.json();
  };
  const found = async (who: MemberName, q: string) => (await search(who, { q })).items;

  beforeAll(async () => {
    world = await openCrmWorld(column);
  });
  afterAll(() => world?.close());

  it('P-1004 a list shows masks, never a value; the officer sees what the register lets the officer see', async () => {
    const fields = {
      name: '陈小明',
      mobile: '13900139001',
      email: 'chen@qq.com',
      address: '北京市海淀区中关村大街1号',
    };
    const { contactId } = await world.filled(fields, { assignee: 'agent' });
    for (const who of ['owner', 'supervisor', 'agent'] as const) {
      const answer = await world.call(who, 'GET', '?limit=200');
      const item = (answer.json() as ContactPage).items.find(({ id }) => id === contactId)!;
      expect(item.fields).toEqual({
        name: { face: 'masked', value: '陈**' },
        mobile: { face: 'masked', value: '139****9001' },
        email: { face: 'masked', value: 'c***@qq.com' },
        wechat: expect.not.objectContaining({ value: expect.anything() }),
        address: { face: 'masked', value: '北京市海淀区****' },
      });
      for (const clear of ['陈小明', '13900139001', 'chen@qq.com', '中关村']) expect(answer.body).not.toContain(clear);
    }
    const item = (await list('officer', '?limit=200')).items.find(({ id }) => id === contactId)!;
    expect(item.fields.name).toEqual({ face: 'masked', value: '陈**' });
    expect(item.fields.address).toEqual({ face: 'masked', value: '北京市海淀区****' });
  });

  it('P-1006 an agent lists own, joined and waiting people only', async () => {
    const own = await world.person({ assignee: 'agent' });
    const joined = await world.person({ assignee: 'owner', participant: 'agent' });
    const waiting = await world.person();
    const others = await world.person({ assignee: 'owner' });
    const ids = (await list('agent', '?limit=200')).items.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([own, joined, waiting].map(({ contactId }) => contactId)));
    expect(ids).not.toContain(others.contactId);
    expect((await list('owner', '?limit=200')).items.map(({ id }) => id)).toContain(others.contactId);
    expect((await world.call('agent', 'GET', `/${others.contactId}`)).json().code).toBe('crm.contact-not-found');
    expect((await world.call('agent', 'GET', `/${waiting.contactId}`)).statusCode).toBe(200);
  });

  it('P-1004 P-1006 names of many people come masked in one answer, of those alone whom one works with', async () => {
    const named = await world.filled({ name: '林小满' }, { assignee: 'agent' });
    const joined = await world.person({ assignee: 'owner', participant: 'agent' });
    const waiting = await world.filled({ name: '周到' });
    const others = await world.filled({ name: '吴关' }, { assignee: 'owner' });
    const subjectIds = [named, joined, waiting, others].map(({ subjectId }) => subjectId);
    const names = (who: MemberName, ids: readonly string[]) => world.call(who, 'POST', '/names', { subjectIds: ids });
    const answer = await names('agent', [...subjectIds, named.subjectId]);
    expect(answer.statusCode).toBe(200);
    const { items } = answer.json() as PersonNames;
    expect(items.map(({ subjectId }) => subjectId).sort()).toEqual([named.subjectId, joined.subjectId].sort());
    expect(items.find(({ subjectId }) => subjectId === named.subjectId)?.name).toEqual({
      face: 'masked',
      value: '林**',
    });
    expect(items.find(({ subjectId }) => subjectId === joined.subjectId)?.name).not.toHaveProperty('value');
    for (const clear of ['林小满', '周', '吴']) expect(answer.body).not.toContain(clear);
    expect((await names('owner', subjectIds)).json().items).toHaveLength(4);
    for (const [who, ids] of [
      ['agent', [others.subjectId, waiting.subjectId]],
      ['officer', subjectIds],
      ['stranger', subjectIds],
    ] as const) {
      expect((await names(who, ids)).json().code).toBe('crm.contact-not-found');
    }
    const many = Array.from({ length: 101 }, () => named.subjectId);
    for (const ids of [[], many, ['x']]) expect((await names('owner', ids)).statusCode).toBe(422);
  });

  it('P-0109 a name goes with the consent that it rests on', async () => {
    const person = await world.filled({ name: '白露' }, { assignee: 'agent' });
    const name = async () =>
      (await world.call('agent', 'POST', '/names', { subjectIds: [person.subjectId] })).json().items[0].name;
    expect(await name()).toEqual({ face: 'masked', value: '白**' });
    await world.decide(person.subjectId, SCOPES.name, 'withdraw');
    await expect.poll(name, { timeout: 20_000 }).not.toHaveProperty('value');
  });

  it('pages hold everybody once, newest first, while others edit', async () => {
    for (let n = 0; n < 5; n++) await world.person();
    const { items: all } = await list('owner', '?limit=200');
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: ContactPage = await list('owner', `?limit=2${next ? `&cursor=${next}` : ''}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    const times = all.map(({ firstSeenAt }) => firstSeenAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect((await list('owner')).items.length).toBe(Math.min(50, all.length));
  });

  it('P-1002 C-41 a whole number or address finds its person, in any spelling and masked', async () => {
    const { contactId } = await world.filled({ mobile: '+86 137 0013 7001', email: 'Wang.Fang@Mail.example' });
    for (const q of ['13700137001', '137-0013-7001', '+8613700137001', '0086 13700137001', 'WANG.fang@mail.example ']) {
      const items = await found('owner', q);
      expect([q, items.map(({ id }) => id)]).toEqual([q, [contactId]]);
      expect(items[0]!.fields.mobile).toEqual({ face: 'masked', value: '137****7001' });
    }
  });

  it('P-1002 a part of a number or an address, a wild card or anything else finds nobody and says nothing', async () => {
    await world.filled({ name: '王芳', mobile: '13700137002', email: 'wang.fang@mail.example' });
    const words = [
      '1370013700',
      '7002',
      'wang.fang@mail',
      '%',
      '_'.repeat(11),
      "' OR '1'='1",
      'a@b',
      ' ',
      '',
      'x'.repeat(5000),
    ];
    for (const q of words) expect([q.slice(0, 20), await found('owner', q)]).toEqual([q.slice(0, 20), []]);
  });

  it('P-1002 C-41 what may not be looked at is not found by either: no consent, out of reach, another tenant', async () => {
    const { subjectId, contactId } = await world.filled({ mobile: '13700137003' }, { assignee: 'owner' });
    expect((await found('owner', '13700137003')).map(({ id }) => id)).toEqual([contactId]);
    expect(await found('agent', '13700137003')).toEqual([]);
    expect(await found('stranger', '13700137003')).toEqual([]);
    await world.decide(subjectId, SCOPES.mobile, 'withdraw');
    expect(await found('owner', '13700137003')).toEqual([]);
    expect((await found('officer', '13700137003')).map(({ id }) => id)).toEqual([contactId]);
  });

  it('P-1002 two with one number who may not be looked at leave no trace, not even a next page', async () => {
    const made: Person[] = [];
    for (let n = 0; n < 3; n++) made.push(await world.filled({ mobile: '13700137005' }));
    const pageOf = (limit: number, more = {}) => search('owner', { q: '13700137005', limit, ...more });
    const [first, second, third] = made.map(({ contactId }) => contactId);
    const page = await pageOf(1);
    expect([page.items.map(({ id }) => id), page.next]).toEqual([[third], expect.any(String)]);
    await world.decide(made[1]!.subjectId, SCOPES.mobile, 'withdraw');
    const last = await pageOf(1, { cursor: page.next });
    expect([last.items.map(({ id }) => id), last.next]).toEqual([[first], null]);
    expect(JSON.stringify([page, last])).not.toContain(second);
    for (const one of [made[0]!, made[2]!]) await world.decide(one.subjectId, SCOPES.mobile, 'withdraw');
    expect(await pageOf(1)).toEqual({ items: [], next: null });
  });

  it('P-1002 P-1004 nobody finds out what a mask hides by asking for one value after the other', async () => {
    const ask = (n: number, who: MemberName = 'supervisor') =>
      world.call(who, 'POST', '/searches', { q: `138${String(n).padStart(8, '0')}` });
    const answers = await Promise.all(Array.from({ length: SEARCHES_PER_HOUR + 3 }, (_, n) => ask(n)));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]!.json()).toMatchObject({ code: 'crm.search-limit', details: { limit: SEARCHES_PER_HOUR } });
    expect((await ask(0, 'owner')).statusCode).toBe(200);
  });

  it('P-0112 a withdrawal of everything withholds everything, and says since when', async () => {
    const { subjectId, contactId } = await world.filled({ name: 'Lin', mobile: '13700137004' });
    await world.decide(subjectId, SCOPES.name, 'withdraw');
    const { fields, consents } = await world.detail('owner', contactId);
    for (const field of ['name', 'mobile'] as const) {
      expect(fields[field]).toEqual({ face: 'withheld', reason: 'withdrawn', at: expect.any(Number) });
    }
    expect(consents).toContainEqual(expect.objectContaining({ scope: SCOPES.name, decision: 'withdraw' }));
    expect(consents).toContainEqual(expect.objectContaining({ scope: SCOPES.mobile, decision: 'grant', version: 1 }));
  });

  it('P-0303 P-0318 a purpose from outside has no effect or is refused', async () => {
    const { contactId } = await world.person();
    const plain = (await world.call('owner', 'GET', `/${contactId}`)).json();
    const headers = { purpose: 'subject-request', 'x-purpose': 'subject-request' };
    expect((await world.call('owner', 'GET', `/${contactId}`, undefined, headers)).json()).toEqual(plain);
    for (const query of ['?purpose=subject-request', '?role=privacy-officer', '?reach=all']) {
      expect((await world.call('owner', 'GET', query)).json().code).toBe('http.invalid-input');
    }
  });

  it.each(['?limit=0', '?limit=201', '?limit=x', '?cursor=x', '?cursor=1.2', '?cursor=1&cursor=2', '?q=13700137001'])(
    'a bad page %s is refused',
    async (query) => {
      const answer = await world.call('owner', 'GET', query);
      expect([answer.statusCode, answer.json().code]).toEqual([
        422,
        expect.stringMatching(/^(http\.invalid-input|crm\.cursor-invalid)$/),
      ]);
    },
  );

  it('nobody reads without signing in', async () => {
    const { contactId }: Person = await world.person();
    for (const path of ['', `/${contactId}`]) {
      expect((await world.call('nobody', 'GET', path)).json().code).toBe('http.sign-in-required');
    }
  });
});
