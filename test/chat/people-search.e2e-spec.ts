import { type ContactPage, type ConversationPage, type ItemPage, MOST_SOUGHT_PEOPLE } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWallWorld, type Stage, talk } from '../walls/wall-world.js';
import type { ChatWorld, WorldMember } from '../world/chat-world.js';

interface Answer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string };
}

const [OWNER, ADA, BEN, OFFICER] = [0, 1, 2, 3];
const RELATIONS = 'purpose/customer-relations';
const LINK = ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'];

/** Both steps as the console takes them: crm says whom a text means, chat says which of their conversations one sees. */
describeColumns('conversations by the name of their person on $column', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openWallWorld(column);
  });
  afterAll(() => world?.close());

  const member = (index: number, tenant = world.tenants[0]) => tenant.members[index]!;
  const call = async <T>(who: WorldMember, path: string, body: object, method = 'POST'): Promise<Answer<T>> => {
    const headers = { cookie: who.cookie, origin: world.origin, 'content-type': 'application/json' };
    const response = await fetch(`${world.origin}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as never };
  };
  const contacts = async (who: WorldMember, q: string): Promise<readonly string[]> => {
    const { status, body } = await call<ContactPage>(who, '/crm/contacts/searches', { q, limit: MOST_SOUGHT_PEOPLE });
    expect(status).toBe(200);
    return body.items.map(({ subjectId }) => subjectId);
  };
  const search = (who: WorldMember, subjectIds: unknown, more: object = {}) =>
    call<ConversationPage>(who, '/chat/conversations/searches', { subjectIds, ...more });
  /** The conversations that a text finds; what is nobody's is nothing. */
  const find = async (who: WorldMember, q: string): Promise<readonly string[]> => {
    const subjectIds = await contacts(who, q);
    if (subjectIds.length === 0) return [];
    const { status, body } = await search(who, subjectIds);
    return status === 404 ? [] : body.items.map(({ id }) => id);
  };
  /** Somebody of this name with a conversation, which Ada has unless it is queued. */
  const named = async (name: string, stage: Stage, has = ADA, tenant = world.tenants[0]) => {
    const { ids } = await talk(world, tenant, stage, has);
    const edit = await call(
      member(OWNER, tenant),
      `/crm/contacts/${ids.contact}`,
      { version: 2, fields: { name } },
      'PATCH',
    );
    expect(edit.status).toBe(200);
    return { id: ids.conversation!, subjectId: ids.subject!, contactId: ids.contact! };
  };
  const notFound = async (who: WorldMember, subjectIds: readonly string[]) => {
    const { status, body } = await search(who, subjectIds);
    expect([status, body.code, body.items]).toEqual([404, 'chat.conversation-not-found', undefined]);
  };

  it('F-0301 F-0710 are found by parts of it in any state, newest first, and no others', async () => {
    const done = await named('欧阳小明', 'resolved');
    const later = await named('Ouyang 小明', 'snoozed');
    const open = await named('欧阳小红', 'open', BEN);
    await world.platform.consumers.settle();
    const owner = member(OWNER);
    expect(await find(owner, '欧阳')).toEqual([open.id, done.id]);
    expect(await find(owner, '小明')).toEqual([later.id, done.id]);
    expect(await find(owner, 'ouya')).toEqual([later.id]);
    expect(await find(owner, '诸葛')).toEqual([]);
    const { body } = await search(owner, await contacts(owner, '欧阳'));
    expect(body.items.map(({ state }) => state)).toEqual(['open', 'resolved']);
    // A page at a time, each once, however often they are named.
    const subjectIds = [done, later, open, done].map(({ subjectId }) => subjectId);
    const first = await search(owner, subjectIds, { limit: 2 });
    const second = await search(owner, subjectIds, { limit: 2, cursor: first.body.next! });
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual([open.id, later.id, done.id]);
    expect(second.body.next).toBeNull();
  });

  it('P-0211 P-1006 an agent finds own conversations and those that nobody has, which say no text', async () => {
    const mine = await named('司马光一', 'resolved');
    const hers = await named('司马光二', 'open', BEN);
    const queued = await named('司马光三', 'queued');
    const all = [mine, hers, queued].map(({ subjectId }) => subjectId);
    expect(await find(member(ADA), '司马')).toEqual([queued.id, mine.id]);
    // Whoever knows the id of somebody out of reach learns no more than from one that is nobody's.
    const { body } = await search(member(ADA), all);
    expect(body.items.map(({ id }) => id)).toEqual([queued.id, mine.id]);
    expect([body.items[0]!.preview, body.items[1]!.preview !== undefined]).toEqual([undefined, true]);
    await notFound(member(ADA), [hers.subjectId]);
    await notFound(member(ADA), [newId()]);
    const officer = await search(member(OFFICER), all);
    expect([officer.status, officer.body.code]).toEqual([403, 'http.permission-missing']);
  });

  it('P-0211 people of another workspace are nobody, among own ones too', async () => {
    const [alpha, beta] = world.tenants;
    const own = await named('令狐一', 'open', ADA, alpha);
    const foreign = await named('令狐二', 'open', ADA, beta);
    expect(await find(member(OWNER), '令狐')).toEqual([own.id]);
    expect(await find(member(OWNER, beta), '令狐')).toEqual([foreign.id]);
    await notFound(member(OWNER), [foreign.subjectId]);
    const { body } = await search(member(OWNER), [foreign.subjectId, own.subjectId]);
    expect(body.items.map(({ id }) => id)).toEqual([own.id]);
  });

  it('P-0109 P-1307 who has withdrawn is found by no name, and who was erased by no id either', async () => {
    const person = await named('夏侯惇', 'open');
    const tenantId = world.tenants[0].id;
    const decide = async (decision: 'grant' | 'withdraw') => {
      const { consents } = world.platform.privacy;
      const notice = (await consents.notice(tenantId, RELATIONS, 'en'))!;
      await consents.decide({
        ...{ tenantId, subjectId: person.subjectId, scope: RELATIONS, decision, granted: decision === 'grant' },
        ...{ version: notice.version, noticeHash: notice.hash, locale: 'en', screen: 'widget.your-data' },
        ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
      });
    };
    for (const who of [OWNER, ADA]) expect(await find(member(who), '夏侯')).toEqual([person.id]);
    await decide('withdraw');
    for (const who of [OWNER, ADA]) expect(await find(member(who), '夏侯')).toEqual([]);
    await decide('grant');
    expect(await find(member(ADA), '夏侯')).toEqual([person.id]);
    await world.platform.upkeep.destruction.destroySubject(tenantId, person.subjectId);
    for (const who of [OWNER, ADA]) expect(await find(member(who), '夏侯')).toEqual([]);
    await notFound(member(OWNER), [person.subjectId]);
  });

  const get = async <T>(who: WorldMember, path: string): Promise<Answer<T>> => {
    const response = await fetch(`${world.origin}/api/v1/chat/conversations${path}`, {
      headers: { cookie: who.cookie, origin: world.origin },
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  /** The list by customer. */
  const history = (who: WorldMember, subjectId: string, more = '') =>
    get<ConversationPage>(who, `?view=all&person=${subjectId}${more}`);
  /** What a signed statement leaves; the doors of it are tested with the identities. */
  const link = async (one: string, other: string): Promise<string> => {
    const [id, tenantId] = [newId(), world.tenants[0].id];
    const row = [tenantId, id, one, other, 'signed-identity', 'inbox:1', world.platform.clock.now(), null];
    await world.platform.work.upkeep(async (tx) => tx.insert('privacy_subject_link', LINK, [row]), new Set([tenantId]));
    for (const subjectId of [one, other]) world.platform.privacy.consents.drop(tenantId, subjectId);
    return id;
  };
  /** Three visitors whom the site signed with one name: the first and the second are Ada's, the third is Ben's. */
  const threeAsOne = async (name: string) => {
    const first = await named(name, 'resolved');
    const second = await named('Somebody', 'open');
    const third = await named('Somebody else', 'open', BEN);
    await link(second.subjectId, first.subjectId);
    const last = await link(third.subjectId, second.subjectId);
    await world.platform.consumers.settle();
    return { first, second, third, last };
  };

  it('F-0312 the history of a customer: whatever was begun as one of theirs, newest first, a page at a time', async () => {
    const { first, second, third } = await threeAsOne('百里一');
    const stranger = await named('百里二', 'open');
    const owner = member(OWNER);
    const all = [third.id, second.id, first.id];
    for (const { subjectId } of [first, second, third]) {
      const { body } = await history(owner, subjectId);
      expect(body.items.map(({ id }) => id)).toEqual(all);
      expect(body.items.map(({ state }) => state)).toEqual(['open', 'open', 'resolved']);
      expect(body.items.map(({ assigneeId }) => assigneeId)).toEqual([BEN, ADA, ADA].map((one) => member(one).id));
      expect(body.items.every(({ preview, lastAt }) => preview !== undefined && lastAt > 0)).toBe(true);
    }
    expect((await history(owner, stranger.subjectId)).body.items.map(({ id }) => id)).toEqual([stranger.id]);
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const at: string = next && `&cursor=${next}`;
      const { body }: Answer<ConversationPage> = await history(owner, first.subjectId, `&limit=1${at}`);
      seen.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    expect(seen).toEqual(all);
    // The name stands at the first alone; the search leads to the others as well, each once, whoever else is named.
    expect(await find(owner, '百里')).toEqual([stranger.id, ...all]);
    expect(await find(owner, '百里一')).toEqual(all);
    const { body } = await search(
      owner,
      [first, third].map(({ subjectId }) => subjectId),
    );
    expect(body.items.map(({ id }) => id)).toEqual(all);
  });

  it('F-0312 P-0211 links lead nobody further than they see, and not at all through whom they do not see', async () => {
    const { first, second, third, last } = await threeAsOne('东方一');
    const [ada, ben] = [member(ADA), member(BEN)];
    const seen = async (who: WorldMember, subjectId: string) =>
      ((await history(who, subjectId)).body.items ?? []).map(({ id }) => id);
    for (const { subjectId } of [first, second]) expect(await seen(ada, subjectId)).toEqual([second.id, first.id]);
    expect(await find(ada, '东方')).toEqual([second.id, first.id]);
    expect(await seen(ben, third.subjectId)).toEqual([third.id]);
    const refused: readonly (readonly [WorldMember, string])[] = [
      [ada, third.subjectId],
      [ben, first.subjectId],
      [member(OWNER, world.tenants[1]), first.subjectId],
      [member(OWNER), newId()],
    ];
    for (const [who, subjectId] of refused) {
      const { status, body } = await history(who, subjectId);
      expect([status, body.code, body.items]).toEqual([404, 'chat.conversation-not-found', undefined]);
    }
    expect(await find(ben, '东方')).toEqual([]);
    const own = await named('西门', 'open');
    const { body } = await search(ada, [own.subjectId, third.subjectId]);
    expect(body.items.map(({ id }) => id)).toEqual([own.id]);
    expect((await history(member(OFFICER), first.subjectId)).status).toBe(403);
    const said = (who: WorldMember, { id }: typeof first) => get<ItemPage>(who, `/${id}/items`);
    expect((await said(ada, first)).body.items.map(({ kind }) => kind)).toContain('message');
    expect([(await said(ada, third)).status, (await said(ben, first)).status]).toEqual([404, 404]);
    const who = { tenantId: world.tenants[0].id, memberId: member(OFFICER).id, correlationId: newId() };
    await world.platform.privacy.links.undo(who, last, 'shared-device');
    expect(await seen(member(OWNER), first.subjectId)).toEqual([second.id, first.id]);
    expect(await seen(member(OWNER), third.subjectId)).toEqual([third.id]);
  });

  it('F-0301 no people, too many, what is no id and what is no page are refused, and no text is asked for', async () => {
    const owner = member(OWNER);
    const crowd = Array.from({ length: MOST_SOUGHT_PEOPLE }, () => newId());
    await notFound(owner, crowd);
    for (const subjectIds of [[], [...crowd, newId()], ['x'], [7], [null], 'x', undefined, {}, [[newId()]]]) {
      const { status, body } = await search(owner, subjectIds);
      expect([subjectIds, status, body.code]).toEqual([subjectIds, 422, 'http.invalid-input']);
    }
    for (const more of [{ q: '小明' }, { limit: 0 }, { limit: 'x' }, { view: 'mine' }]) {
      expect((await search(owner, crowd, more)).body.code).toBe('http.invalid-input');
    }
    expect((await search(owner, crowd, { cursor: '1' })).body.code).toBe('chat.cursor-invalid');
  });
});
