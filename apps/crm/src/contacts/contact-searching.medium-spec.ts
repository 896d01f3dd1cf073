import type { ContactPage } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { RegisterBook } from '@libs/privacy';
import { blindIndex, type Visibility } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CrmWorld, type MemberName, openCrmWorld, type Person, SCOPES } from '../crm-world.fixture.js';
import { CANDIDATES } from './contact-piece.repository.js';

/** A second person who agrees to everything. */
const AGREED = {
  within: <T>(_who: unknown, _id: string, act: () => Promise<T>) => act(),
  use: async () => undefined,
};

/** Searches are counted by member and hour, so the tests share them out. */
describeColumns('people by parts of their names on $column', (column) => {
  let world: CrmWorld;
  const search = async (who: MemberName, q: string, more: object = {}): Promise<ContactPage> => {
    const answer = await world.call(who, 'POST', '/searches', { q, limit: 200, ...more });
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
    return answer.json();
  };
  const found = async (who: MemberName, q: string) => (await search(who, q)).items.map(({ id }) => id);
  const tokensOf = ({ subjectId }: Person, tenantId = world.tenants[0]) =>
    runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      world.platform.database.reader.all<{ field: string; token: string }>(
        'SELECT field, token FROM crm_contact_piece WHERE tenant_id = ? AND subject_id = ? ORDER BY field, token',
        [tenantId, subjectId],
      ),
    );

  beforeAll(async () => {
    world = await openCrmWorld(column);
  });
  afterAll(() => world?.close());

  it('F-0701 F-0710 P-1004 a name is found by surname, parts and the whole, in Chinese and English, and stays masked', async () => {
    const chinese = await world.filled({ name: '欧阳小明' });
    const english = await world.filled({ name: 'Zoë Quarterman' });
    for (const q of ['欧', '欧阳', '小明', '欧阳 小明', ' 欧阳小明 ']) {
      expect([q, await found('owner', q)]).toEqual([q, [chinese.contactId]]);
    }
    for (const q of ['quart', 'ZOE', 'zoë quarterman', 'Quarterman  z', 'ｑｕａｒｔ']) {
      expect([q, await found('owner', q)]).toEqual([q, [english.contactId]]);
    }
    for (const q of ['阳明', '明', '欧阳小明明', 'zo quartz', '100%', 'quart_']) {
      expect([q, await found('owner', q)]).toEqual([q, q === 'quart_' ? [english.contactId] : []]);
    }
    const answer = await world.call('owner', 'POST', '/searches', { q: '小明' });
    expect(answer.json().items[0].fields.name).toEqual({ face: 'masked', value: '欧**' });
    expect(answer.body).not.toContain('小明');
  });

  it('F-0710 bad texts find nobody, with an answer and without an end', async () => {
    await world.filled({ name: 'Bad Texts' });
    const texts = ['', '   \n ', 'x', '%', '__', '\u202e', '\u0000', '\ud83d', '🦜🦜', 'رنا', "' OR ''='", 'ｘ'];
    for (const q of [...texts, 'b'.repeat(1000), '名'.repeat(1000), `${'ab '.repeat(26)}zz`]) {
      expect([q.slice(0, 12), await found('owner', q)]).toEqual([q.slice(0, 12), []]);
    }
    for (const q of [7, null, ['名']]) {
      expect((await world.call('owner', 'POST', '/searches', { q })).json().code).toBe('http.invalid-input');
    }
  });

  it('F-0701 names in right-to-left script, with emoji and beyond the first plane are found', async () => {
    const arab = await world.filled({ name: 'منى الزيدي' });
    const emoji = await world.filled({ name: '🦊🌵' });
    const rare = await world.filled({ name: '𠮷野家' });
    expect(await found('owner', '\u200fالزيدي\u200f')).toEqual([arab.contactId]);
    expect(await found('owner', '🦊')).toEqual([emoji.contactId]);
    expect(await found('owner', '𠮷')).toEqual([rare.contactId]);
  });

  it('F-0701 P-0112 an edit changes what finds a person, at once, and an emptied name is found no more', async () => {
    const person = await world.filled({ name: '慕容雪', wechat: 'snow_murong' });
    expect(await found('owner', '慕容')).toEqual([person.contactId]);
    await world.edit('owner', person.contactId, { name: 'Snow Murray' }, { version: 2 });
    expect([await found('owner', '慕容'), await found('owner', 'murray')]).toEqual([[], [person.contactId]]);
    expect(await found('owner', 'snow_murong')).toEqual([person.contactId]);
    await world.edit('owner', person.contactId, { name: null }, { version: 3 });
    expect([await found('owner', 'murray'), await found('owner', 'snow_murong')]).toEqual([[], [person.contactId]]);
    expect([...new Set((await tokensOf(person)).map(({ field }) => field))]).toEqual(['wechat']);
    const refused = await world.edit('owner', person.contactId, { name: '慕容雪' }, { version: 3 });
    expect([refused.json().code, await found('owner', '慕容')]).toEqual(['crm.contact-changed', []]);
  });

  it('P-1002 P-1004 a WeChat id behind a mask is found as a whole and never by a part of it', async () => {
    const person = await world.filled({ wechat: 'Hidden-Handle_7' });
    for (const q of ['hidden-handle_7', ' HIDDEN-handle_7 '])
      expect(await found('owner', q)).toEqual([person.contactId]);
    for (const q of ['hi', 'hidden-handle', 'handle_7', 'hidden-handle_77']) {
      expect([q, await found('owner', q)]).toEqual([q, []]);
    }
  });

  it('P-1002 what lies on disk are keyed tokens: none tells its piece, and two tenants share none', async () => {
    const person = await world.filled({ name: '王小明', wechat: 'wang_xm' });
    const other = await world.filled({ name: '王小明', wechat: 'wang_xm' });
    const tokens = await tokensOf(person);
    expect(tokens.map(({ field }) => field)).toEqual([...Array(3).fill('name'), ...Array(6).fill('wechat')]);
    for (const { token } of tokens) expect(token).toMatch(/^01[0-9a-f]{32}$/);
    expect(await tokensOf(other)).toEqual(tokens);
    const { keys } = world.platform;
    const [own, foreign] = await Promise.all(
      world.tenants.map((tenantId) => keys.tenantKey(tenantId, 'index:crm_contact.name.pieces:1')),
    );
    expect(own!.equals(foreign!)).toBe(false);
    expect(own!.equals(await keys.tenantKey(world.tenants[0], 'index:crm_contact.wechat.pieces:1'))).toBe(false);
  });

  it('P-1006 P-0211 nobody is found by name out of reach or from another tenant; the officer finds everybody', async () => {
    const own = await world.filled({ name: '司马光一' }, { assignee: 'agent' });
    const joined = await world.filled({ name: '司马光二' }, { assignee: 'owner', participant: 'agent' });
    const others = await world.filled({ name: '司马光三' }, { assignee: 'owner' });
    const all = [others, joined, own].map(({ contactId }) => contactId);
    expect(await found('supervisor', '司马')).toEqual(all);
    expect(await found('officer', '司马')).toEqual(all);
    expect(await found('agent', '司马')).toEqual([joined.contactId, own.contactId]);
    expect(await found('other', '司马')).toEqual([]);
    expect(await found('stranger', '司马')).toEqual([]);
    expect((await world.call('nobody', 'POST', '/searches', { q: '司马' })).statusCode).toBe(401);
  });

  it('P-0109 P-1002 who has withdrawn is found by no part of the name, and again after a new consent', async () => {
    const person = await world.filled({ name: '诸葛明' }, { assignee: 'agent' });
    await world.decide(person.subjectId, 'purpose/support-conversation', 'grant');
    expect(await found('agent', '诸葛')).toEqual([person.contactId]);
    await world.decide(person.subjectId, SCOPES.name, 'withdraw');
    for (const who of ['agent', 'owner', 'supervisor'] as const)
      expect([who, await found(who, '诸葛')]).toEqual([who, []]);
    // Beside the conversation the name may still stand, but a search is no conversation.
    const card = (await world.call('agent', 'GET', `/by-subject/${person.subjectId}`)).json();
    expect(card.fields.name).toEqual({ face: 'masked', value: '诸**' });
    expect(await found('officer', '诸葛')).toEqual([person.contactId]);
    await world.decide(person.subjectId, SCOPES.name, 'grant');
    expect(await found('agent', '诸葛')).toEqual([person.contactId]);
  });

  it('P-1002 P-1004 a value that may not be shown is not even opened to compare it', async () => {
    const person = await world.filled({ name: '夏侯惇' });
    const opens = vi.spyOn(world.platform.cipher, 'open');
    try {
      const opened = () => opens.mock.calls.some(([, subjectId]) => subjectId === person.subjectId);
      await found('owner', '夏侯');
      expect(opened()).toBe(true);
      await world.decide(person.subjectId, SCOPES.name, 'withdraw');
      opens.mockClear();
      expect([await found('owner', '夏侯惇'), await found('stranger', '夏侯'), opened()]).toEqual([[], [], false]);
    } finally {
      opens.mockRestore();
    }
  });

  it('F-0710 who has all the pieces and not the text is not found', async () => {
    const { contactId } = await world.filled({ name: '宇文文化' });
    expect(await found('owner', '宇文化')).toEqual([]);
    expect(await found('owner', '宇文 文化')).toEqual([contactId]);
  });

  it('P-1006 P-1004 a role that does not see names finds nobody by them; one that sees ids finds by parts of them', async () => {
    const person = await world.filled({ name: '皇甫嵩', wechat: 'huangfu_song' }, { assignee: 'agent' });
    const { register: book } = world.platform.privacy;
    const who = { tenantId: world.tenants[0], memberId: newId(), correlationId: 'test' };
    const show = async (visible: Readonly<Record<string, Visibility>>): Promise<void> => {
      const { version, register } = await book.load(who.tenantId);
      const fields = register.fields.map((policy) => {
        const agent = visible[policy.field];
        return agent ? { ...policy, roles: { ...policy.roles, agent } } : policy;
      });
      const change = { baseVersion: version, register: { ...register, fields }, note: '', approvalId: newId() };
      await new RegisterBook({ ...world.platform, approvals: AGREED }).change(who, change);
      book.drop(who.tenantId);
    };
    expect([await found('agent', '皇甫'), await found('agent', 'huangfu')]).toEqual([[person.contactId], []]);
    await show({ 'contact.name': 'none', 'contact.wechat': 'plain' });
    expect([await found('agent', '皇甫'), await found('agent', 'angfu_')]).toEqual([[], [person.contactId]]);
    expect(await found('supervisor', '皇甫')).toEqual([person.contactId]);
    await show({ 'contact.name': 'masked', 'contact.wechat': 'masked' });
  });

  it('P-1307 P-2101 erasure takes the pieces with the contact, and a name alone brings nobody back', async () => {
    const person = await world.filled({ name: '尉迟恭', wechat: 'yuchi_gong' });
    expect(await tokensOf(person)).not.toEqual([]);
    const { destruction } = world.platform.upkeep;
    await destruction.destroySubject(world.tenants[0], person.subjectId);
    expect([await tokensOf(person), await found('owner', '尉迟'), await found('officer', 'yuchi_gong')]).toEqual([
      ...[[], [], []],
    ]);
  });

  it('P-1307 whose key is gone is found no more, even while the rows still lie there', async () => {
    const person = await world.filled({ name: '百里奚' });
    const { keyStore, keys } = world.platform;
    await keyStore.destroySubject(world.tenants[0], person.subjectId, Date.now());
    keys.drop(world.tenants[0], person.subjectId);
    expect(await tokensOf(person)).not.toEqual([]);
    expect([await found('owner', '百里'), await found('officer', '百里')]).toEqual([[], []]);
  });

  it('F-0710 pages hold everybody once, newest first, past those who may not be found, however many there are', async () => {
    const made: Person[] = [];
    for (let n = 0; n < 5; n++) made.push(await world.filled({ name: `Pager Number${n}`, wechat: `pager_${n}_id` }));
    await world.decide(made[3]!.subjectId, SCOPES.name, 'withdraw');
    const shown = [4, 2, 1, 0].map((n) => made[n]!.contactId);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: ContactPage = await search('second', 'pager', { limit: 2, ...(next ? { cursor: next } : {}) });
      expect(page.items.length).toBe(page.next === null ? 1 : 2);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    // The officer's purpose outlives the withdrawal.
    expect(seen.filter((id) => id !== made[3]!.contactId)).toEqual(shown);
    const [first, second] = [await search('owner', 'pager', { limit: 2 }), await search('owner', 'number pager')];
    expect(first.items.map(({ id }) => id)).toEqual(shown.slice(0, 2));
    expect([second.items.map(({ id }) => id), second.next]).toEqual([shown, null]);
    const rest = await search('owner', 'pager', { limit: 2, cursor: first.next });
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([shown.slice(2), null]);
  });

  it('F-0710 behind more candidates than one look takes in, a person is found all the same', async () => {
    const person = await world.filled({ name: '长孙无忌' });
    const [tenantId] = world.tenants;
    const { work, keys } = world.platform;
    const key = await keys.tenantKey(tenantId, 'index:crm_contact.name.pieces:1');
    const pieces = ['长孙', '孙无', '无忌'].map((piece) => blindIndex(key, piece));
    const crowd = Array.from({ length: CANDIDATES * 2 + 7 }, () => ({ subjectId: newId(), id: newId() }));
    const later = Date.now() + 1000;
    await work.upkeep(
      async (tx) => {
        const state = ['visitor', 'live', later];
        const subject = ['tenant_id', 'id', 'kind', 'state', 'created_at'];
        await tx.insert(
          'privacy_data_subject',
          subject,
          crowd.map((one) => [tenantId, one.subjectId, ...state]),
        );
        const contact = ['tenant_id', 'id', 'subject_id', 'created_at', 'updated_at', 'version', 'pieces'];
        await tx.insert(
          'crm_contact',
          contact,
          crowd.map((one) => [tenantId, one.id, one.subjectId, later, later, 1, 1]),
        );
        const columns = ['tenant_id', 'subject_id', 'field', 'token', 'contact_id', 'created_at'];
        const rows = crowd.flatMap((one, at) =>
          (at % 2 ? pieces : pieces.slice(0, 1)).map((token) => [
            tenantId,
            one.subjectId,
            'name',
            token,
            one.id,
            later,
          ]),
        );
        await tx.insert('crm_contact_piece', columns, rows);
      },
      new Set([tenantId]),
    );
    for (const q of ['长孙', '长孙无忌']) expect([q, await found('supervisor', q)]).toEqual([q, [person.contactId]]);
  });
});
