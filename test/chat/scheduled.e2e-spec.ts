import type { AgentItem, AgentSent, ConversationSummary, ScheduledReplies, ScheduledReply } from '@libs/contracts';
import { ManualClock, newId } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ScheduledAttempt } from '../../apps/chat/src/scheduled/scheduled-attempt.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, must, openAgent, until, type Visitor } from '../world/clients.js';

const MINUTE = 60_000;
/** Short enough for sessions to last through all of it. */
const SOON = 10 * MINUTE;
const DAY = 24 * 60 * MINUTE;

interface Refusal {
  readonly code?: string;
  readonly details?: Readonly<Record<string, number>>;
}

interface Talk {
  readonly id: string;
  readonly subjectId: string;
  readonly visitor: Visitor;
  readonly agent: Agent;
}

type In = Pick<Talk, 'id' | 'agent'>;

describeColumns('replies that go out later on $column', (column) => {
  const clock = new ManualClock(Date.now());
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column, clock, quickLooks: true });
  });
  afterAll(() => world?.close());

  const idOf = (member: number) => world.tenants[0].members[member]!.id;
  const open = async (): Promise<Talk> => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    const agent = await world.agent({ member: 1 });
    const { id, subjectId } = (await agent.list('unassigned')).items[0]!;
    expect((await agent.take(id)).status).toBe(200);
    return { id, subjectId, visitor, agent };
  };
  const request = async (method: string, { id, agent }: In, rest = '', body?: object, origin = world.origin) => {
    const response = await fetch(`${origin}/api/v1/chat/conversations/${id}/scheduled-replies${rest}`, {
      method,
      headers: { cookie: agent.cookie, origin, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const said = (text === '' ? {} : JSON.parse(text)) as ScheduledReply & Refusal & Partial<AgentSent>;
    return { status: response.status, body: said };
  };
  const schedule = (talk: In, body: object) => request('POST', talk, '', body);
  const made = async (talk: In, text: string, inMs = SOON): Promise<ScheduledReply> => {
    const { status, body } = await schedule(talk, { text, inMs });
    expect([status, body.code]).toEqual([201, undefined]);
    return body;
  };
  const list = async ({ id, agent }: In) =>
    (await agent.get<ScheduledReplies>(`/conversations/${id}/scheduled-replies`)).body.items;
  const items = async ({ id, agent }: In) =>
    (await agent.get<{ items: AgentItem[] }>(`/conversations/${id}/items`)).body.items;
  const texts = async (talk: In) => (await items(talk)).flatMap((item) => ('text' in item ? item.text : []));
  const settled = (talk: In) => until(async () => (await list(talk)).every(({ refused }) => refused !== null));
  const query = (sql: string, ...params: readonly string[]) => {
    const tenantId = world.tenants[0].id;
    const context = { tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    return runInTenant(context, async () => world.platform.database.reader.all(sql, [tenantId, ...params]));
  };
  const rows = (id: string) =>
    query('SELECT * FROM chat_scheduled_reply WHERE tenant_id = ? AND conversation_id = ?', id);
  const journal = async (id: string) =>
    (
      (await query(
        'SELECT kind, actor FROM event_journal WHERE tenant_id = ? AND resource = ? ORDER BY id',
        `conversation:${id}`,
      )) as { kind: string; actor: string }[]
    ).map(({ kind, actor }) => `${kind} ${actor}`);
  const consent = async (subjectId: string, decision: 'grant' | 'withdraw') => {
    const { consents } = world.platform.privacy;
    const tenantId = world.tenants[0].id;
    const scope = 'purpose/support-conversation';
    const notice = (await consents.notice(tenantId, scope, 'en'))!;
    await consents.decide({
      ...{ tenantId, subjectId, scope, decision, granted: decision === 'grant' },
      ...{ version: notice.version, noticeHash: notice.hash, locale: 'en', screen: 'test' },
      ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
    });
  };
  const stateOf = (member: number, state: string) =>
    world.platform.work.upkeep(
      async (tx) =>
        tx.run('UPDATE auth_member SET state = ? WHERE tenant_id = ? AND id = ?', [
          ...[state, world.tenants[0].id, idOf(member)],
        ]),
      new Set([world.tenants[0].id]),
    );

  it('F-0304 goes out once at its time, in its author’s name; until then it lies sealed and the visitor sees nothing', async () => {
    const talk = await open();
    const later = await made(talk, 'we will call you 明天');
    expect(later).toMatchObject({
      ...{ author: { id: idOf(1), name: 'alpha 1' }, text: 'we will call you 明天' },
      ...{ dueAt: clock.now() + SOON, version: 1, refused: null },
    });
    expect(await list(talk)).toEqual([later]);
    for (const row of await rows(talk.id)) expect(Buffer.from(row.body as Buffer).toString()).not.toContain('call you');
    clock.advance(SOON - 1);
    await world.app.get(ScheduledAttempt).sendDue(world.tenants[0].id, later.id);
    expect(await texts(talk)).toEqual(['hello']);
    clock.advance(1);
    await until(() => talk.visitor.items.some(({ text }) => text === 'we will call you 明天'));
    expect(talk.visitor.items.at(-1)).toMatchObject({ from: 'agent', name: 'alpha 1' });
    await until(async () => (await list(talk)).length === 0);
    expect(await rows(talk.id)).toEqual([]);
    expect((await items(talk)).at(-1)).toMatchObject({ kind: 'message', author: { kind: 'agent', id: idOf(1) } });
    expect((await journal(talk.id)).slice(-3)).toEqual([
      `chat.reply-scheduled.v1 member:${idOf(1)}`,
      'chat.message-sent.v1 system:scheduled-sender',
      'chat.reply-released.v1 system:scheduled-sender',
    ]);
  });

  it('F-0304 a restart forgets nothing, and however many look at once, it goes out once and in order', async () => {
    const talk = await open();
    const replies = [await made(talk, 'second', 2 * SOON), await made(talk, 'first')];
    clock.advance(3 * SOON);
    const attempt = world.app.get(ScheduledAttempt);
    const once = await made(talk, 'third');
    await until(async () => (await texts(talk)).length === 3);
    expect(await texts(talk)).toEqual(['hello', 'first', 'second']);
    clock.advance(SOON);
    await Promise.all(Array.from({ length: 8 }, () => attempt.sendDue(world.tenants[0].id, once.id)));
    for (const { id } of replies) await attempt.sendDue(world.tenants[0].id, id);
    expect(await texts(talk)).toEqual(['hello', 'first', 'second', 'third']);
    await made(talk, 'after the restart');
    clock.advance(SOON);
    await world.restart();
    const again = { id: talk.id, agent: await world.agent({ member: 1 }) };
    await until(async () => (await list(again)).length === 0);
    expect((await texts(again)).slice(3)).toEqual(['third', 'after the restart']);
  });

  // On the other column a second process is turned away.
  if (column === 'mariadb') {
    it('F-0304 two processes look at the same clock: each reply goes out once, and both hear of it', async () => {
      const there = await world.beside();
      const talks = [await open(), await open(), await open()];
      const replies = await Promise.all(talks.map((talk) => made(talk, 'at the same time')));
      const elsewhere = await openAgent(there.origin, world.tenants[0].members[1]!.cookie);
      clock.advance(SOON);
      const both = [world.app, there.app].map((app) => app.get(ScheduledAttempt, { strict: false }));
      const tenantId = world.tenants[0].id;
      await Promise.all(replies.flatMap(({ id }) => both.map((attempt) => attempt.sendDue(tenantId, id))));
      for (const talk of talks) {
        await until(async () => (await list(talk)).length === 0);
        expect(await texts(talk)).toEqual(['hello', 'at the same time']);
        const heard = (all: readonly AgentItem[]) =>
          all.filter((item) => item.conversationId === talk.id && 'text' in item && item.text === 'at the same time');
        await until(() => heard(elsewhere.items).length > 0 && talk.visitor.items.some(({ from }) => from === 'agent'));
        expect(heard(elsewhere.items)).toHaveLength(1);
        expect(talk.visitor.items.filter(({ from }) => from === 'agent')).toHaveLength(1);
      }
      elsewhere.close();
    });
  }

  it('F-0304 of cancelling and sending at once exactly one happens, many times', async () => {
    const talk = await open();
    const attempt = world.app.get(ScheduledAttempt);
    let [sent, cancelled] = [0, 0];
    for (let round = 0; round < 12; round += 1) {
      const { id } = await made(talk, `round ${round}`, MINUTE);
      clock.advance(MINUTE);
      const cancel = request('DELETE', talk, `/${id}`);
      await Promise.all([attempt.sendDue(world.tenants[0].id, id), cancel]);
      const { status, body } = await cancel;
      const went = (await texts(talk)).includes(`round ${round}`);
      expect([status, body.code]).toEqual(went ? [404, 'chat.scheduled-reply-not-found'] : [204, undefined]);
      if (went) sent += 1;
      else cancelled += 1;
    }
    expect(sent + cancelled).toBe(12);
    expect(await rows(talk.id)).toEqual([]);
    const kinds = await journal(talk.id);
    expect(kinds.filter((kind) => kind.startsWith('chat.reply-released.v1'))).toHaveLength(sent);
    expect(kinds.filter((kind) => kind.startsWith('chat.reply-unscheduled.v1'))).toHaveLength(cancelled);
  });

  it('F-0304 the customer writes first: it says so at once, does not go out, and waits for its author', async () => {
    const talk = await open();
    const reply = await made(talk, 'any news from you?');
    expect((await list(talk))[0]).toMatchObject({ refused: null });
    must(await talk.visitor.send('here I am'));
    expect((await list(talk))[0]).toMatchObject({ refused: 'customer-wrote', version: 1 });
    clock.advance(SOON);
    await until(async () => (await journal(talk.id)).includes('chat.reply-held.v1 system:scheduled-sender'));
    expect(await texts(talk)).toEqual(['hello', 'here I am']);
    expect(await list(talk)).toMatchObject([{ refused: 'customer-wrote', text: 'any news from you?', version: 2 }]);
    const anew = await request('PATCH', talk, `/${reply.id}`, { version: 2, inMs: SOON, text: 'thank you' });
    expect([anew.status, anew.body.refused, anew.body.version]).toEqual([200, null, 3]);
    clock.advance(SOON);
    await until(async () => (await texts(talk)).at(-1) === 'thank you');
    const other = await made(talk, 'said at once');
    must(await talk.visitor.send('one more'));
    const now = await request('POST', talk, `/${other.id}/send`, {});
    expect(now.status).toBe(200);
    expect((await texts(talk)).slice(-2)).toEqual(['one more', 'said at once']);
    expect(await list(talk)).toEqual([]);
  });

  it('P-0110 F-0304 consent withdrawn: it does not go out, its text is withheld, and it can still be cancelled', async () => {
    const talk = await open();
    const [reply, other] = [await made(talk, 'about your order'), await made(talk, 'and more')];
    await consent(talk.subjectId, 'withdraw');
    clock.advance(SOON);
    await until(async () => (await list(talk)).every(({ refused }) => refused === 'person-unwilling'));
    const held = (await list(talk))[0]!;
    expect([held.text, held.withheld]).toEqual(['', 'withdrawn']);
    expect((await schedule(talk, { text: 'again', inMs: SOON })).status).toBe(403);
    expect((await request('POST', talk, `/${other.id}/send`, {})).status).toBe(403);
    expect((await request('DELETE', talk, `/${other.id}`)).status).toBe(204);
    await consent(talk.subjectId, 'grant');
    await until(async () => (await list(talk))[0]?.text === 'about your order');
    expect((await items(talk)).filter(({ kind }) => kind === 'message')).toHaveLength(1);
    expect((await request('POST', talk, `/${reply.id}/send`, {})).status).toBe(200);
    expect(await texts(talk)).toEqual(['hello', 'about your order']);
  });

  it('F-0208 F-0304 whoever may not reply any more sends nothing; the reply stays with its reason', async () => {
    const talk = await open();
    await made(talk, 'from somebody who has left');
    await stateOf(1, 'disabled');
    clock.advance(SOON);
    const owner = { id: talk.id, agent: await world.agent({ member: 0 }) };
    await settled(owner);
    expect(await list(owner)).toMatchObject([
      { refused: 'author-unable', text: 'from somebody who has left', author: { id: idOf(1) } },
    ]);
    await stateOf(1, 'active');
    expect(await texts(owner)).toEqual(['hello']);
    // A supervisor who looks on from outside may not reply either, now or later.
    expect((await schedule(owner, { text: 'from outside', inMs: SOON })).body.code).toBe('chat.take-over-first');
    await owner.agent.post(`/conversations/${talk.id}/release`, { from: idOf(1) });
    const { id } = await made(owner, 'as long as nobody has it');
    expect((await talk.agent.take(talk.id)).status).toBe(200);
    clock.advance(SOON);
    await settled(owner);
    expect((await list(owner)).find((one) => one.id === id)).toMatchObject({ refused: 'author-unable' });
  });

  it('P-1006 F-0304 seen by those who see the conversation; its time and end are a supervisor’s too, its text is not', async () => {
    const talk = await open();
    const { id } = await made(talk, 'only here');
    const outsider = { id: talk.id, agent: await world.agent({ member: 2 }) };
    const foreign = { id: talk.id, agent: await world.agent({ member: 1, tenant: world.tenants[1] }) };
    for (const who of [outsider, foreign]) {
      const answers = [
        await request('GET', who),
        await schedule(who, { text: 'x', inMs: SOON }),
        await request('PATCH', who, `/${id}`, { version: 1, inMs: SOON }),
        await request('DELETE', who, `/${id}`),
        await request('POST', who, `/${id}/send`, {}),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    }
    const elsewhere = { ...(await open()), agent: talk.agent };
    expect((await request('DELETE', elsewhere, `/${id}`)).body.code).toBe('chat.scheduled-reply-not-found');
    await talk.agent.post(`/conversations/${talk.id}/release`, { from: idOf(1) });
    const owner = { id: talk.id, agent: await world.agent({ member: 0 }) };
    expect(await list(owner)).toMatchObject([{ id, text: 'only here', author: { id: idOf(1) } }]);
    const notYours = [403, 'chat.scheduled-reply-not-yours'];
    const words = await request('PATCH', owner, `/${id}`, { version: 1, text: 'other words' });
    expect([words.status, words.body.code]).toEqual(notYours);
    const send = await request('POST', owner, `/${id}/send`, {});
    expect([send.status, send.body.code]).toEqual(notYours);
    expect((await request('PATCH', owner, `/${id}`, { version: 1, inMs: DAY })).body).toMatchObject({ version: 2 });
    const stale = await request('PATCH', talk, `/${id}`, { version: 1, inMs: DAY });
    expect([stale.status, stale.body.code, stale.body.details]).toEqual([
      ...[409, 'chat.scheduled-reply-changed', { version: 2 }],
    ]);
    expect((await request('DELETE', owner, `/${id}`)).status).toBe(204);
    expect(await list(owner)).toEqual([]);
  });

  it('F-0304 bad times and texts have their code, and nothing is kept', async () => {
    const talk = await open();
    const now = clock.now();
    const cases: readonly (readonly [object, string])[] = [
      [{ text: 'x', at: now - 1 }, 'chat.schedule-too-soon'],
      [{ text: 'x', at: 0 }, 'chat.schedule-too-soon'],
      [{ text: 'x', inMs: MINUTE - 1 }, 'chat.schedule-too-soon'],
      [{ text: 'x', inMs: 90 * DAY + 1 }, 'chat.schedule-too-late'],
      [{ text: 'x' }, 'chat.schedule-time-missing'],
      [{ text: 'x', at: now + SOON, inMs: SOON }, 'chat.schedule-time-missing'],
      [{ text: '  ', inMs: SOON }, 'chat.message-empty'],
      [{ text: 'x'.repeat(10_001), inMs: SOON }, 'chat.message-too-long'],
      [{ text: 'Dear {{contact.name}}', inMs: SOON }, 'chat.variable-unfilled'],
      [{ text: 'x', inMs: 'soon' }, 'http.invalid-input'],
      [{ text: 'x', at: 1e300 }, 'http.invalid-input'],
      [{ text: ['x'], inMs: SOON }, 'http.invalid-input'],
    ];
    for (const [body, code] of cases) {
      const { status, body: said } = await schedule(talk, body);
      expect([said.code, status >= 400 && status < 500]).toEqual([code, true]);
    }
    expect((await schedule(talk, { text: 'x', at: now - 1 })).body.details).toEqual({ earliest: clock.now() + MINUTE });
    expect(await rows(talk.id)).toEqual([]);
    for (let count = 0; count < 20; count += 1) await made(talk, `reply ${count}`, DAY);
    const over = await schedule(talk, { text: 'x', inMs: DAY });
    expect([over.status, over.body.code]).toEqual([409, 'chat.too-many-scheduled']);
  });

  it('F-0304 holds no more than twenty for a conversation, however many come at once', async () => {
    const talk = await open();
    const answers = await Promise.all(
      Array.from({ length: 26 }, (_, at) => schedule(talk, { text: `reply ${at}`, inMs: DAY })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ body }) => body.code === 'chat.too-many-scheduled')).toHaveLength(6);
    expect(await rows(talk.id)).toHaveLength(20);
    expect((await request('DELETE', talk, `/${answers.find(({ status }) => status === 201)!.body.id}`)).status).toBe(
      204,
    );
    await made(talk, 'in its place', DAY);
  });

  it('P-1307 F-0304 goes with the person', async () => {
    const talk = await open();
    const reply = await made(talk, 'never sent');
    expect(await rows(talk.id)).toHaveLength(1);
    await world.platform.upkeep.destruction.destroySubject(world.tenants[0].id, talk.subjectId);
    expect(await rows(talk.id)).toEqual([]);
    clock.advance(SOON);
    await world.app.get(ScheduledAttempt).sendDue(world.tenants[0].id, reply.id);
    const found = await talk.agent.get<ConversationSummary>(`/conversations/${talk.id}`);
    expect(found.status).toBe(404);
  });
});
