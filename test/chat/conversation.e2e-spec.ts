import type { AgentSent, AgentSynced, ConversationPage, VisitorSynced } from '@libs/contracts';
import { type Tx, UnitOfWork } from '@libs/database';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCursors } from '../../apps/chat/src/presence/cursor.repository.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, must, newSender, until } from '../world/clients.js';

describeColumns('a conversation on $column over real sockets', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const queued = async (agent: Awaited<ReturnType<ChatWorld['agent']>>): Promise<string> => {
    const page: ConversationPage = await agent.list('unassigned');
    return page.items[0]!.id;
  };

  it('F-0301 F-0304 text goes both ways live and is stored once', async () => {
    const visitor = await world.visitor();
    const agent = await world.agent();
    expect(must(await visitor.send('榨汁机收到就不转了'))).toMatchObject({ seq: 1 });
    const id = await queued(agent);
    expect((await agent.take(id)).status).toBe(200);
    const sender = newSender();
    const reply = await ask<AgentSent>(agent.socket, 'message:send', {
      conversationId: id,
      sender,
      number: 1,
      text: '<b>抱歉</b> 👩‍👩‍👧‍👦 رنا',
    });
    expect(must(reply)).toMatchObject({ seq: 2, revision: 3 });
    await until(() => visitor.items.length === 1);
    expect(visitor.items[0]).toMatchObject({
      seq: 2,
      from: 'agent',
      text: '<b>抱歉</b> 👩‍👩‍👧‍👦 رنا',
      name: 'alpha 1',
    });
    expect(JSON.stringify(visitor.items)).not.toContain('revision');
    must(await visitor.send('好的'));
    await until(() => agent.items.some((item) => item.kind === 'message' && item.text === '好的'));
    const page = (await agent.get<{ items: { kind: string; revision: number }[] }>(`/conversations/${id}/items`)).body;
    expect(page.items.map((item) => [item.kind, item.revision])).toEqual([
      ['message', 1],
      ['taken', 2],
      ['message', 3],
      ['message', 4],
    ]);
  });

  it('F-0301 no visitor door shows a note or its number', async () => {
    const visitor = await world.visitor();
    const agent = await world.agent();
    must(await visitor.send('hello'));
    const id = await queued(agent);
    await agent.take(id);
    const sender = newSender();
    const note = { conversationId: id, sender, number: 1, text: 'internal only' };
    expect(must(await ask<AgentSent>(agent.socket, 'note:add', note))).toMatchObject({ seq: null, revision: 3 });
    must(await ask<AgentSent>(agent.socket, 'message:send', { ...note, number: 2, text: 'public' }));
    await until(() => visitor.items.length > 0);
    const synced = must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: 0 }));
    expect(synced.items.map((item) => [item.seq, item.text])).toEqual([
      [1, 'hello'],
      [2, 'public'],
    ]);
    expect(JSON.stringify([synced, visitor.items])).not.toMatch(/internal|revision/);
  });

  it('P-0101 a first message without agreement is refused and leaves no row', async () => {
    const before = await rowCounts(world);
    const visitor = await world.visitor({ agree: false });
    expect(await visitor.send('hi')).toMatchObject({ ok: false, code: 'privacy.consent-required' });
    expect(await rowCounts(world)).toEqual(before);
  });

  it('P-0101 a lost acknowledgement and a resend make no second person', async () => {
    const visitor = await world.visitor();
    const packet = { sender: visitor.sender, number: 1, text: 'once', slip: visitor.slip };
    const before = await rowCounts(world);
    const answers = await Promise.all([1, 2, 3].map(() => ask(visitor.socket, 'message:send', packet)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const again = await world.visitor({ agree: false });
    expect(await ask(again.socket, 'message:send', packet)).toEqual(answers[0]);
    expect(await rowCounts(world)).toEqual(before.map((count) => count + 1));
  });

  it('F-0310 numbers: a resend answers the stored result, a gap and another body are refused', async () => {
    const visitor = await world.visitor();
    const first = must(await visitor.send('one'));
    const send = (number: number, text: string) =>
      ask(visitor.socket, 'message:send', { sender: visitor.sender, number, text });
    expect(await send(1, 'one')).toMatchObject({ ok: true, seq: first.seq, at: first.at });
    expect(await send(1, 'other')).toMatchObject({ ok: false, code: 'chat.sender-reused' });
    expect(await send(3, 'three')).toMatchObject({ ok: false, code: 'chat.sender-gap', details: { expected: 2 } });
    expect(await send(2, 'two')).toMatchObject({ ok: true, seq: 2 });
  });

  it('F-0310 a second device has all in order and none twice, from any cursor; one of another conversation is refused', async () => {
    const visitors = [await world.visitor(), await world.visitor()];
    const agent = await world.agent();
    for (const text of ['one', 'two', 'three']) must(await visitors[0]!.send(text));
    const long = await queued(agent);
    must(await visitors[1]!.send('short'));
    const short = await queued(agent);
    for (const id of [long, short]) expect((await agent.take(id)).status).toBe(200);
    const second = await world.agent();
    const sync = (conversationId: string, after: number) =>
      ask<AgentSynced>(second.socket, 'sync', { conversationId, after });
    const whole = must(await sync(long, 0));
    expect(whole.items.map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
    for (const after of [1, 2, 3, 4]) {
      const rest = must(await sync(long, after));
      expect(rest.items).toEqual(whole.items.slice(after));
      expect(rest.upTo).toBe(4);
    }
    // The shorter one has come to 2.
    for (const after of [3, 4])
      expect(await sync(short, after)).toMatchObject({ ok: false, code: 'chat.cursor-invalid' });
    const before = (id: string, at: number) => second.get<{ code?: string }>(`/conversations/${id}/items?before=${at}`);
    expect((await before(long, 4)).status).toBe(200);
    const refused = await before(short, 4);
    expect([refused.status, refused.body.code]).toEqual([422, 'chat.cursor-invalid']);
    const foreign = await world.agent({ tenant: world.tenants[1] });
    expect(await ask(foreign.socket, 'sync', { conversationId: long, after: 0 })).toMatchObject({
      ok: false,
      code: 'chat.conversation-not-found',
    });
  });

  it('F-0310 what was read while it waited for everybody is read in the next tab too, taken or not', async () => {
    const visitor = await world.visitor();
    // Whoever reaches all may open what waits.
    const agent = await world.agent({ member: 0 });
    must(await visitor.send('anybody there'));
    const id = await queued(agent);
    const told: unknown[] = [];
    visitor.socket.on('cursor', (cursor) => told.push(cursor));
    must(await ask(agent.socket, 'cursor', { conversationId: id, delivered: 1, read: 0 }));
    must(await ask(agent.socket, 'cursor', { conversationId: id, delivered: 1, read: 1 }));
    await until(() => told.length === 2);
    const tab = await world.visitor({ token: visitor.token });
    const nextTab = async () => must(await ask<VisitorSynced>(tab.socket, 'sync', { after: 0 })).agentCursor;
    await until(async () => (await nextTab()).read === 1);
    // Reading makes nobody a participant; what was read before it was taken stays read.
    const { items } = await agent.list('all');
    expect(items.find((item) => item.id === id)).toMatchObject({ assigneeId: null });
    await agent.take(id);
    must(await visitor.send('hello again'));
    must(await ask(agent.socket, 'cursor', { conversationId: id, delivered: 2, read: 1 }));
    await until(async () => (await nextTab()).delivered === 2);
    expect(await nextTab()).toEqual({ delivered: 2, read: 1 });
  });

  it('F-0310 what was read is kept where another process made the row in the same moment', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('two of you read this'));
    const conversationId = await queued(await world.agent());
    const tenantId = world.tenants[0].id;
    const participant = world.tenants[0].members[0]!.id;
    const work = world.app.get(UnitOfWork, { strict: false });
    const cursor = { tenantId, conversationId, participant, delivered: 1, read: 1 };
    await work.upkeep((tx) => writeCursors(overtaken(tx, tenantId, conversationId), [cursor]), new Set([tenantId]));
    const synced = must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: 0 }));
    expect(synced.agentCursor).toEqual({ delivered: 1, read: 1 });
  });

  it('F-0301 50 parallel takes of one conversation: exactly one wins', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('who takes me'));
    const agents = [
      await world.agent({ member: 0 }),
      await world.agent({ member: 1 }),
      await world.agent({ member: 2 }),
    ];
    const id = await queued(agents[0]!);
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => agents[i % 3]!.take(id)));
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = results.filter(({ status }) => status !== 200);
    // Who loses while the row is still unread gets 409; afterwards a plain agent no longer sees it at all.
    expect(
      others.every(({ status, body }) => (status === 409 ? body.code === 'chat.already-taken' : status === 404)),
    ).toBe(true);
  });

  // Resolving closes nothing for good: who writes again opens it again. These do.
  it('F-0301 what is closed takes no message, on either way and from neither side; nor does a foreign id', async () => {
    const [alpha, beta] = world.tenants;
    const [erased, left] = [await world.visitor({ tenant: beta }), await world.visitor({ tenant: beta })];
    const [agent, stranger] = [await world.agent({ tenant: beta, member: 0 }), await world.agent({ tenant: alpha })];
    const ids: string[] = [];
    for (const visitor of [erased, left]) {
      must(await visitor.send('while it is open'));
      ids.push(await queued(agent));
    }
    const { subjectId } = (await agent.list('all')).items.find(({ id }) => id === ids[0])!;
    const write = async (who: typeof agent, conversationId: string) => {
      const text = { sender: newSender(), number: 1, text: 'too late' };
      const byRoute = await who.post<{ code?: string }>(`/conversations/${conversationId}/messages`, text);
      return [await ask(who.socket, 'message:send', { conversationId, ...text }), [byRoute.status, byRoute.body.code]];
    };
    const nothing = [
      expect.objectContaining({ ok: false, code: 'chat.conversation-not-found' }),
      [404, 'chat.conversation-not-found'],
    ];
    for (const id of ids) expect(await write(stranger, id)).toEqual(nothing);
    await world.platform.upkeep.destruction.destroySubject(beta.id, subjectId);
    expect(await write(agent, ids[0]!)).toEqual(nothing);
    const stored = await storedIn(world, beta.id);
    const { version, name } = (await agent.get<{ version: number; name: string }>(`/inboxes/${beta.inboxId}`)).body;
    const ended = await fetch(`${world.origin}/api/v1/chat/inboxes/${beta.inboxId}`, {
      method: 'DELETE',
      headers: { cookie: agent.cookie, origin: world.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ version, name }),
    });
    expect(ended.status).toBe(204);
    const wrote = async ({ token, sender }: typeof left): Promise<number> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = JSON.stringify({ inbox: beta.inboxKey, pass: 'x', sender, number: 2, text: 'too late' });
      return (await fetch(`${world.origin}/api/v1/chat/widget/messages`, { method: 'POST', headers, body })).status;
    };
    await until(async () => left.socket.disconnected && (await wrote(left)) === 404);
    expect(await wrote(erased)).toBe(404);
    expect(await storedIn(world, beta.id)).toBe(stored);
  });
});

async function rowCounts(world: ChatWorld): Promise<number[]> {
  const tables = [
    'privacy_data_subject',
    'privacy_consent_record',
    'chat_conversation',
    'chat_message',
    'chat_visitor_token',
  ];
  const tenantId = world.tenants[0].id;
  return world.platform.work.upkeep(
    async (tx) => {
      const counts: number[] = [];
      for (const table of tables) {
        const [row] = await tx.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ?`, [tenantId]);
        counts.push(Number(row!.n));
      }
      return counts;
    },
    new Set([tenantId]),
  );
}

/** Messages of a tenant. */
function storedIn(world: ChatWorld, tenantId: string): Promise<number> {
  return world.platform.work.upkeep(
    async (tx) => {
      const sql = 'SELECT COUNT(*) AS n FROM chat_message WHERE tenant_id = ?';
      const [row] = await tx.all<{ n: number | string }>(sql, [tenantId]);
      return Number(row!.n);
    },
    new Set([tenantId]),
  );
}

/** `tx`, where the row of the team is made by another as soon as it was found missing. */
function overtaken(tx: Tx, tenantId: string, conversationId: string): Tx {
  const columns = ['tenant_id', 'conversation_id', 'participant', 'delivered', 'read_seq'];
  let isMade = false;
  return {
    dialect: tx.dialect,
    all: (sql, params) => tx.all(sql, params),
    insert: (...row) => tx.insert(...row),
    run: async (sql, params) => {
      const rows = await tx.run(sql, params);
      if (rows === 0 && params.includes('team') && !isMade) {
        isMade = true;
        await tx.insert('chat_participant', columns, [[tenantId, conversationId, 'team', 0, 0]]);
      }
      return rows;
    },
  };
}
