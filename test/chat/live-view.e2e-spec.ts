import { MEMBER_NOTICE } from '@libs/auth';
import type { AgentItem, AgentSent, ConversationSummary, VisitorSynced } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LookLeases } from '../../apps/chat/src/live-view/look-leases.js';
import { LookSigns } from '../../apps/chat/src/live-view/look-signs.js';
import { hire, membersRows } from '../accounts/account-caller.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, openVisitor, until, type Visitor } from '../world/clients.js';

interface Refusal {
  readonly code?: string;
  readonly details?: { readonly assigneeId?: string };
}

describeColumns('looking on and taking over on $column', (column) => {
  let world: ChatWorld;
  let supervisor: Agent;
  let supervisorId: string;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    const hired = await hire(world, 'supervisor');
    supervisorId = hired.id;
    supervisor = await hired.open();
  });
  afterAll(() => {
    supervisor?.close();
    return world?.close();
  });

  const idOf = (member: number) => world.tenants[0].members[member]!.id;
  const taken = async (): Promise<{ id: string; visitor: Visitor; agent: Agent }> => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    const agent = await world.agent({ member: 1 });
    const id = (await agent.list('unassigned')).items[0]!.id;
    expect((await agent.take(id)).status).toBe(200);
    return { id, visitor, agent };
  };
  const watch = (who: Agent, conversationId: string) => ask(who.socket, 'conversation:watch', { conversationId });
  const write = (who: Agent, op: 'message:send' | 'note:add', conversationId: string, text: string) =>
    ask<AgentSent>(who.socket, op, { conversationId, sender: newSender(), number: 1, text });
  const overHttp = async ({ token }: Visitor): Promise<VisitorSynced> => {
    const url = `${world.origin}/api/v1/chat/widget/messages?inbox=${world.tenants[0].inboxKey}&after=0`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()) as VisitorSynced;
  };
  const lookUntil = async (id: string, at: number): Promise<void> => {
    const tenantId = world.tenants[0].id;
    const row = [[tenantId, id, newId(), at]];
    const columns = ['tenant_id', 'conversation_id', 'id', 'lasts_until'];
    await world.platform.work.upkeep(async (tx) => tx.insert('chat_live_look', columns, row), new Set([tenantId]));
  };
  const setUntil = async (at: number): Promise<void> => {
    const tenantId = world.tenants[0].id;
    const sql = 'UPDATE chat_live_look SET lasts_until = ? WHERE tenant_id = ?';
    await world.platform.work.upkeep(async (tx) => tx.run(sql, [at, tenantId]), new Set([tenantId]));
  };
  const looks = async (id: string) => {
    const rows = await membersRows(world, 'event_journal', 'resource', `conversation:${id}`);
    return rows.filter(({ kind }) => String(kind).startsWith('chat.live-view-'));
  };

  it('P-0207 who watches what nobody has begins a look when a colleague takes it, and ends it when it is resolved', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    const agent = await world.agent({ member: 1 });
    const id = (await agent.list('unassigned')).items[0]!.id;
    must(await watch(supervisor, id));
    expect(await looks(id)).toEqual([]);
    expect((await agent.take(id)).status).toBe(200);
    await expect.poll(async () => (await looks(id)).length, { timeout: 20_000 }).toBe(1);
    const [began] = await looks(id);
    expect(began).toMatchObject({ kind: 'chat.live-view-began.v1', actor: expect.stringContaining(supervisorId) });
    expect(JSON.parse(String(began!.detail))).toEqual({ assigneeId: idOf(1) });
    await supervisor.post(`/conversations/${id}/resolve`);
    await expect.poll(async () => (await looks(id)).length, { timeout: 20_000 }).toBe(2);
    for (const one of [visitor, agent]) one.close();
  });

  it('P-0207 who asks without following leaves a look as well, one for many questions', async () => {
    const { id, agent } = await taken();
    for (let n = 0; n < 3; n += 1) {
      must(await ask(supervisor.socket, 'sync', { conversationId: id, after: 0 }));
      expect((await supervisor.get(`/conversations/${id}/items`)).status).toBe(200);
      must(await ask(agent.socket, 'sync', { conversationId: id, after: 0 }));
    }
    expect((await looks(id)).map(({ kind, actor }) => [kind, actor])).toEqual([
      ['chat.live-view-began.v1', expect.stringContaining(supervisorId)],
    ]);
    // Following is the same look, which ends with that.
    must(await watch(supervisor, id));
    must(await ask(supervisor.socket, 'sync', { conversationId: id, after: 0 }));
    supervisor.socket.emit('conversation:unwatch', { conversationId: id });
    await expect.poll(async () => (await looks(id)).length, { timeout: 20_000 }).toBe(2);
    expect((await looks(id)).map(({ kind }) => kind).sort()).toEqual([
      ...['chat.live-view-began.v1', 'chat.live-view-ended.v1'],
    ]);
    agent.close();
  });

  it('P-0207 what somebody who only looks on has read is not told to the visitor, nor more than there is', async () => {
    const { id, visitor, agent } = await taken();
    const cursors: unknown[] = [];
    visitor.socket.on('cursor', (packet) => cursors.push(packet));
    must(await ask(supervisor.socket, 'cursor', { conversationId: id, delivered: 1, read: 1 }));
    must(await ask(agent.socket, 'cursor', { conversationId: id, delivered: 900, read: 900 }));
    await until(() => cursors.length > 0);
    expect(cursors).toEqual([{ delivered: 1, read: 1 }]);
    const seen: unknown[] = [];
    agent.socket.on('cursor', (packet) => seen.push(packet));
    must(await ask(visitor.socket, 'cursor', { delivered: 900, read: 700 }));
    await until(() => seen.length > 0);
    expect(seen).toEqual([{ conversationId: id, delivered: 1, read: 1 }]);
    for (const one of [visitor, agent]) one.close();
  });

  it('P-0207 F-0202 each look is in the journal: who, which conversation, from when to when; their own work is no look', async () => {
    const { id, agent } = await taken();
    must(await watch(agent, id));
    must(await watch(supervisor, id));
    const [began] = await looks(id);
    expect(began).toMatchObject({ kind: 'chat.live-view-began.v1', actor: expect.stringContaining(supervisorId) });
    expect(JSON.parse(String(began!.detail))).toEqual({ assigneeId: idOf(1) });
    supervisor.socket.emit('conversation:unwatch', { conversationId: id });
    await expect.poll(async () => (await looks(id)).length).toBe(2);
    const ended = (await looks(id)).find(({ kind }) => kind === 'chat.live-view-ended.v1');
    const { from, to } = JSON.parse(String(ended!.detail)) as { from: number; to: number };
    expect(to).toBeGreaterThanOrEqual(from);
    // A page that is closed ends its looks as well.
    const again = await hire(world, 'supervisor');
    const other = await again.open();
    must(await watch(other, id));
    other.close();
    await expect.poll(async () => (await looks(id)).length).toBe(4);
    agent.close();
  });

  it('P-0207 who looks on reads live and whispers, and replies only after taking over; the former agent is told at once', async () => {
    const { id, visitor, agent } = await taken();
    must(await watch(agent, id));
    must(await watch(supervisor, id));
    must(await visitor.send('is anybody there'));
    await until(() => supervisor.items.some((item) => item.kind === 'message' && item.text === 'is anybody there'));
    const refused = await write(supervisor, 'message:send', id, 'let me');
    expect(refused).toMatchObject({ ok: false, code: 'chat.take-over-first' });
    const over = await supervisor.post<Refusal>(`/conversations/${id}/messages`, {
      ...{ sender: newSender(), number: 1, text: 'let me' },
    });
    expect([over.status, over.body.code]).toEqual([403, 'chat.take-over-first']);
    must(await write(supervisor, 'note:add', id, 'offer a refund'));
    await until(() => agent.items.some((item) => item.kind === 'note' && item.text === 'offer a refund'));
    // A whisper makes nobody a participant who may reply.
    expect(await write(supervisor, 'message:send', id, 'let me')).toMatchObject({ code: 'chat.take-over-first' });
    const took = await supervisor.post<AgentSent>(`/conversations/${id}/take-over`, { from: idOf(1) });
    expect(took.status).toBe(200);
    await until(() => agent.items.some(({ kind }) => kind === 'assigned'));
    expect(agent.items.find(({ kind }) => kind === 'assigned')).toMatchObject({
      author: { id: supervisorId },
      member: { id: supervisorId },
    });
    must(await write(supervisor, 'message:send', id, 'I am here now'));
    await until(() => visitor.items.some(({ text }) => text === 'I am here now'));
    expect(JSON.stringify(visitor.items)).not.toContain('refund');
    const rows = await membersRows(world, 'event_journal', 'resource', `conversation:${id}`);
    const entry = rows.find(({ kind }) => kind === 'chat.conversation-taken-over.v1');
    expect(JSON.parse(String(entry!.detail))).toMatchObject({ assigneeId: idOf(1) });
    agent.close();
  });

  it('P-0207 the visitor is told while anybody looks on: in every tab, after coming back, over HTTP; not who, not how many', async () => {
    const { id, visitor, agent } = await taken();
    const colleague = await (await hire(world, 'supervisor')).open();
    must(await watch(agent, id));
    must(await watch(supervisor, id));
    await until(() => visitor.watched.length === 1);
    must(await watch(colleague, id));
    must(await write(supervisor, 'note:add', id, 'a whisper'));
    await until(() => agent.items.some((item) => item.kind === 'note' && item.text === 'a whisper'));
    const tab = await world.visitor({ token: visitor.token! });
    await until(() => tab.watched.length === 1);
    expect(await overHttp(visitor)).toMatchObject({ watched: true, items: [{ text: 'hello' }] });
    // One of two has gone: somebody still looks.
    colleague.close();
    await expect.poll(async () => (await looks(id)).length, { timeout: 20_000 }).toBe(3);
    expect([visitor.watched, await overHttp(visitor)]).toMatchObject([[true], { watched: true }]);
    supervisor.socket.emit('conversation:unwatch', { conversationId: id });
    await until(() => visitor.watched.length === 2 && tab.watched.length === 2);
    expect([visitor.watched, tab.watched]).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(await overHttp(visitor)).toMatchObject({ watched: false });
    expect(JSON.stringify(visitor.items)).not.toContain('whisper');
    for (const one of [visitor, tab, agent]) one.close();
  });

  it('P-0207 a look of a process that died is told until its time is over, and no longer', async () => {
    const { id, visitor, agent } = await taken();
    await lookUntil(id, Date.now() + 3_600_000);
    const tab = await world.visitor({ token: visitor.token! });
    await until(() => tab.watched.length === 1);
    // Its time is moved here alone; the rest is told by the clock.
    await setUntil(Date.now() + 500);
    world.app.get(LookSigns).tell({ tenantId: world.tenants[0].id, conversationId: id });
    await until(() => tab.watched.length === 2);
    expect(tab.watched).toEqual([true, false]);
    // One that had only been halted confirms its looks again.
    must(await watch(supervisor, id));
    await until(() => tab.watched.length === 3);
    await setUntil(1);
    await world.app.get(LookLeases).confirm();
    expect(await overHttp(visitor)).toMatchObject({ watched: true });
    supervisor.socket.emit('conversation:unwatch', { conversationId: id });
    await until(() => tab.watched.length === 4);
    expect(await membersRows(world, 'chat_live_look', 'conversation_id', id)).toEqual([]);
    for (const one of [visitor, tab, agent]) one.close();
  });

  if (column === 'mariadb') {
    it('P-0207 C8 the visitor of another process is told as well', async () => {
      const { id, visitor, agent } = await taken();
      const other = await world.beside();
      const tab = await openVisitor(other.origin, world.tenants[0].inboxKey, { token: visitor.token, agree: false });
      must(await watch(supervisor, id));
      await until(() => tab.watched.at(-1) === true);
      supervisor.socket.emit('conversation:unwatch', { conversationId: id });
      await until(() => tab.watched.at(-1) === false);
      for (const one of [visitor, tab, agent]) one.close();
    });
  }

  it('C8 of many who take over at once one wins; an agent never does, nor anybody of another tenant', async () => {
    const { id, agent } = await taken();
    const owner = await world.agent({ member: 0 });
    const rivals = [supervisor, owner, supervisor, owner, supervisor, owner];
    const answers = await Promise.all(
      rivals.map((who) => who.post<Refusal>(`/conversations/${id}/take-over`, { from: idOf(1) })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { assigneeId } = (await owner.get<ConversationSummary>(`/conversations/${id}`)).body;
    for (const { status, body } of answers.filter((one) => one.status !== 200)) {
      expect([status, body.code, body.details?.assigneeId]).toEqual([409, 'chat.already-taken', assigneeId]);
    }
    const { items } = (await owner.get<{ items: AgentItem[] }>(`/conversations/${id}/items`)).body;
    expect(items.filter(({ kind }) => kind === 'assigned')).toHaveLength(1);
    const mine = await agent.post<Refusal>(`/conversations/${id}/take-over`, { from: assigneeId });
    expect([mine.status, mine.body.code]).toEqual([403, 'http.permission-missing']);
    const stranger = await world.agent({ tenant: world.tenants[1], member: 0 });
    const foreign = await stranger.post<Refusal>(`/conversations/${id}/take-over`, { from: assigneeId });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'chat.conversation-not-found']);
    agent.close();
  });

  it('P-1006 an agent’s reach grows by none of it: a colleague’s conversation stays a 404', async () => {
    const { id } = await taken();
    const other = await world.agent({ member: 2 });
    expect(await watch(other, id)).toMatchObject({ code: 'chat.conversation-not-found' });
    expect((await other.get(`/conversations/${id}/items`)).status).toBe(404);
    expect(await looks(id)).toEqual([]);
  });

  it('P-0207 the notice to members says that they may be looked on, and that it is recorded', () => {
    expect(MEMBER_NOTICE.texts['zh-CN']).toContain('每次实时查看都会记录');
    expect(MEMBER_NOTICE.texts.en).toContain('Each live look is recorded');
  });
});
