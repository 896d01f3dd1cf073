import type { AgentItem, AgentSent, ConversationSnoozed, ConversationSummary } from '@libs/contracts';
import { ManualClock } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemberWork } from '../../apps/chat/src/conversations/member-work.js';
import { PresenceService } from '../../apps/chat/src/presence/presence.service.js';
import { SnoozeService } from '../../apps/chat/src/snooze/snooze.service.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, openAgent, until, type Visitor } from '../world/clients.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Refusal {
  readonly code?: string;
  readonly details?: { readonly earliest?: number };
}

interface Talk {
  readonly id: string;
  readonly visitor: Visitor;
  readonly agent: Agent;
}

describeColumns('putting a conversation off on $column', (column) => {
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
    const id = (await agent.list('unassigned')).items[0]!.id;
    expect((await agent.take(id)).status).toBe(200);
    return { id, visitor, agent };
  };
  const snooze = ({ id, agent }: Pick<Talk, 'id' | 'agent'>, body: object) =>
    agent.post<ConversationSnoozed & Refusal>(`/conversations/${id}/snooze`, body);
  const row = async ({ id, agent }: Pick<Talk, 'id' | 'agent'>) =>
    (await agent.get<ConversationSummary>(`/conversations/${id}`)).body;
  const kinds = async ({ id, agent }: Pick<Talk, 'id' | 'agent'>) =>
    (await agent.get<{ items: AgentItem[] }>(`/conversations/${id}/items`)).body.items.map(({ kind }) => kind);
  const journal = async (id: string) => {
    const tenantId = world.tenants[0].id;
    const context = { tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    return runInTenant(context, async () =>
      world.platform.database.reader.all<{ kind: string; actor: string }>(
        'SELECT kind, actor FROM event_journal WHERE tenant_id = ? AND resource = ? ORDER BY id',
        [tenantId, `conversation:${id}`],
      ),
    );
  };

  it('F-0303 comes back by itself when its time is there, to whoever has it; members see both, the visitor neither', async () => {
    const talk = await open();
    const states: unknown[] = [];
    talk.visitor.socket.on('agent', (packet: unknown) => states.push(packet));
    const told = await snooze(talk, { inMs: HOUR });
    expect(told.body).toMatchObject({ seq: null, revision: 3, until: clock.now() + HOUR });
    expect(await row(talk)).toMatchObject({
      ...{ state: 'snoozed', snoozedUntil: told.body.until, assigneeId: idOf(1), seq: 1, revision: 3 },
    });
    clock.advance(HOUR - 1);
    // An agent's answer is no reason to bring it back.
    const reply = { sender: 'snoozed-page-0001', number: 1, text: 'we are on it' };
    expect((await talk.agent.post(`/conversations/${talk.id}/messages`, reply)).status).toBe(200);
    expect((await row(talk)).state).toBe('snoozed');
    clock.advance(1);
    await until(async () => (await row(talk)).state === 'open');
    expect(await row(talk)).toMatchObject({ snoozedUntil: null, assigneeId: idOf(1) });
    expect(await kinds(talk)).toEqual(['message', 'taken', 'snoozed', 'message', 'woken']);
    await until(() => talk.agent.items.some(({ kind }) => kind === 'woken'));
    expect(talk.agent.items.find(({ kind }) => kind === 'snoozed')).toMatchObject({
      ...{ until: told.body.until, author: { kind: 'agent', id: idOf(1), name: 'alpha 1' } },
    });
    expect(states).toEqual([]);
    expect(JSON.stringify(talk.visitor.items)).not.toMatch(/snooz|woken/);
    expect((await journal(talk.id)).slice(3)).toMatchObject([
      { kind: 'chat.conversation-snoozed.v1', actor: `member:${idOf(1)}` },
      { kind: 'chat.message-sent.v1' },
      { kind: 'chat.conversation-woken.v1', actor: 'system:snooze-waker' },
    ]);
  });

  it('F-0303 comes back at once when the visitor writes, who is told of an open conversation all the time', async () => {
    const talk = await open();
    await snooze(talk, { until: clock.now() + DAY });
    const told: unknown[] = [];
    const session = { inbox: { tenantId: world.tenants[0].id }, visitor: { conversationId: talk.id } };
    const listener = { emit: (_packet: string, payload: unknown) => told.push(payload) };
    await world.app.get(PresenceService).greet(session as never, listener as never);
    expect(told).toEqual([{ name: 'alpha 1', state: 'open' }]);
    must(await talk.visitor.send('any news?'));
    expect(await row(talk)).toMatchObject({ state: 'open', snoozedUntil: null, unread: 2 });
    expect(await kinds(talk)).toEqual(['message', 'taken', 'snoozed', 'woken', 'message']);
  });

  it('F-0303 what was given to nobody comes back to the queue; by hand it comes back before its time', async () => {
    const { id, agent } = await open();
    await agent.post(`/conversations/${id}/release`, { from: idOf(1) });
    const owner = await world.agent({ member: 0 });
    const talk = { id, agent: owner };
    await snooze(talk, { inMs: HOUR });
    expect((await owner.list('unassigned')).items.some((one) => one.id === id)).toBe(false);
    expect((await owner.post<AgentSent>(`/conversations/${id}/wake`)).status).toBe(200);
    expect(await row(talk)).toMatchObject({ state: 'queued', assigneeId: null, snoozedUntil: null });
    const twice = await owner.post<Refusal>(`/conversations/${id}/wake`);
    expect([twice.status, twice.body.code]).toEqual([409, 'chat.not-snoozed']);
    await snooze(talk, { inMs: HOUR });
    expect((await agent.take(id)).status).toBe(200);
    expect(await row({ id, agent })).toMatchObject({ state: 'open', assigneeId: idOf(1), snoozedUntil: null });
  });

  it('F-0303 resolved, released or handed over it is no longer put off; a new time takes the place of the old one', async () => {
    const acts: readonly (readonly [string, object, object])[] = [
      ['resolve', {}, { state: 'resolved', assigneeId: idOf(1) }],
      ['release', { from: idOf(1) }, { state: 'queued', assigneeId: null }],
      ['assign', { from: idOf(1), to: idOf(2) }, { state: 'open', assigneeId: idOf(2) }],
    ];
    const owner = await world.agent({ member: 0 });
    for (const [act, body, becomes] of acts) {
      const talk = { ...(await open()), agent: owner };
      await snooze(talk, { inMs: HOUR });
      expect((await owner.post(`/conversations/${talk.id}/${act}`, body)).status).toBe(200);
      expect(await row(talk)).toMatchObject({ ...becomes, snoozedUntil: null });
    }
    const talk = await open();
    await snooze(talk, { inMs: HOUR });
    const later = await snooze(talk, { inMs: 3 * HOUR });
    clock.advance(2 * HOUR);
    await world.app
      .get(SnoozeService)
      .wakeDue({ ...keyOf(talk.id, await row(talk)) })
      .then(fail, expectNotSnoozed);
    expect(await row(talk)).toMatchObject({ state: 'snoozed', snoozedUntil: later.body.until });
  });

  it('F-0303 a restart forgets nothing, and however many look at once, it comes back once', async () => {
    const talk = await open();
    await snooze(talk, { inMs: HOUR });
    const key = keyOf(talk.id, await row(talk));
    clock.advance(HOUR);
    const snoozes = world.app.get(SnoozeService);
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => snoozes.wakeDue(key)));
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    await until(async () => (await row(talk)).state === 'open');
    expect((await kinds(talk)).filter((kind) => kind === 'woken')).toHaveLength(1);
    await snooze(talk, { inMs: HOUR });
    clock.advance(2 * HOUR);
    await world.restart();
    const agent = await world.agent({ member: 1 });
    await until(async () => (await row({ id: talk.id, agent })).state === 'open');
    expect((await kinds({ id: talk.id, agent })).slice(2)).toEqual(['snoozed', 'woken', 'snoozed', 'woken']);
  });

  // On the other column a second process is turned away.
  if (column === 'mariadb') {
    it('F-0303 two processes look at the same clock: each conversation comes back once, and both consoles hear of it', async () => {
      const there = await world.beside();
      const talks = [await open(), await open(), await open()];
      const keys = await Promise.all(talks.map(async (talk) => keyOf(talk.id, await row(talk))));
      for (const talk of talks) await snooze(talk, { inMs: HOUR });
      const owner = await openAgent(there.origin, world.tenants[0].members[0]!.cookie);
      for (const { id: conversationId } of talks)
        must(await ask(owner.socket, 'conversation:watch', { conversationId }));
      clock.advance(HOUR);
      const both = [world.app, there.app].map((app) => app.get(SnoozeService, { strict: false }));
      await Promise.allSettled(keys.flatMap((key) => both.map((snoozes) => snoozes.wakeDue(key))));
      for (const talk of talks) {
        await until(async () => (await row(talk)).state === 'open');
        const woken = (items: readonly AgentItem[]) =>
          items.filter(({ kind, conversationId }) => kind === 'woken' && conversationId === talk.id).length;
        await until(() => woken(owner.items) > 0 && woken(talk.agent.items) > 0);
        expect([woken(owner.items), woken(talk.agent.items)]).toEqual([1, 1]);
        expect((await kinds(talk)).filter((kind) => kind === 'woken')).toHaveLength(1);
      }
      owner.close();
    });
  }

  it('F-0303 put off and resolved at once, many times: resolved it ends, whoever was first', async () => {
    const talk = await open();
    const owner = await world.agent({ member: 0 });
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => snooze(talk, { inMs: HOUR })),
      owner.post<Refusal>(`/conversations/${talk.id}/resolve`),
      ...Array.from({ length: 6 }, () => snooze({ id: talk.id, agent: owner }, { inMs: HOUR })),
    ]);
    for (const { status, body } of answers)
      if (status !== 200) expect([status, body.code]).toEqual([409, 'chat.not-open']);
    expect(await row(talk)).toMatchObject({ state: 'resolved', snoozedUntil: null });
    const said = await kinds(talk);
    expect(said.at(-1)).toBe('resolved');
    expect(said.filter((kind) => kind === 'resolved')).toHaveLength(1);
    clock.advance(2 * HOUR);
    expect((await row(talk)).state).toBe('resolved');
  });

  it('F-0303 bad input: past, too soon, too far, both ways of saying it or none, no number; nothing is stored', async () => {
    const talk = await open();
    const now = clock.now();
    const cases: readonly (readonly [object, string])[] = [
      // A clock that is ten minutes slow means a moment that is over: it is refused, and the page says so.
      [{ until: now - 10 * MINUTE }, 'chat.snooze-too-soon'],
      [{ until: now + 5 * MINUTE - 1 }, 'chat.snooze-too-soon'],
      [{ inMs: 0 }, 'chat.snooze-too-soon'],
      [{ until: now + 90 * DAY + 1 }, 'chat.snooze-too-late'],
      [{ inMs: Number.MAX_SAFE_INTEGER }, 'chat.snooze-too-late'],
      [{}, 'http.invalid-input'],
      [{ until: now + HOUR, inMs: HOUR }, 'chat.snooze-time-missing'],
    ];
    for (const [body, code] of cases) {
      const refused = await snooze(talk, body);
      expect([refused.status, refused.body.code]).toEqual([422, code]);
    }
    for (const body of [{ until: 'tomorrow' }, { inMs: -1 }, { inMs: 0.5 }, { until: null, inMs: null }]) {
      expect((await snooze(talk, body)).status).toBe(422);
    }
    expect((await snooze(talk, { inMs: 5 * MINUTE })).status).toBe(200);
    await talk.agent.post(`/conversations/${talk.id}/resolve`);
    const late = await snooze(talk, { inMs: HOUR });
    expect([late.status, late.body.code]).toEqual([409, 'chat.not-open']);
    expect(await kinds(talk)).toEqual(['message', 'taken', 'snoozed', 'resolved']);
  });

  it('F-0208 whoever goes leaves nothing asleep: a colleague has it, open', async () => {
    const { id } = await open();
    const owner = await world.agent({ member: 0 });
    const talk = { id, agent: owner };
    await owner.post(`/conversations/${id}/assign`, { from: idOf(1), to: idOf(2) });
    await snooze(talk, { inMs: HOUR });
    const work = world.app.get(MemberWork);
    const gone = { tenantId: world.tenants[0].id, memberId: idOf(2) };
    expect(await work.openConversations(gone.tenantId, gone.memberId)).toBeGreaterThan(0);
    await work.handOver({ ...gone, to: idOf(0), by: idOf(0), correlationId: 'leaver' });
    expect(await row(talk)).toMatchObject({ state: 'open', assigneeId: idOf(0), snoozedUntil: null });
  });

  function keyOf(conversationId: string, { subjectId }: ConversationSummary) {
    return { tenantId: world.tenants[0].id, conversationId, subjectId };
  }
});

function fail(): never {
  throw new Error('it came back before its time');
}

function expectNotSnoozed(error: unknown): void {
  expect(error).toMatchObject({ code: 'chat.not-snoozed' });
}
