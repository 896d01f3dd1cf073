import type { AgentSent, AgentServerPackets } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, until } from '../world/clients.js';

type Viewers = Parameters<AgentServerPackets['viewers']>[0];
type Typing = Parameters<AgentServerPackets['typing']>[0];

describeColumns('two colleagues in one conversation on $column', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const idOf = (member: number) => world.tenants[0].members[member]!.id;
  const taken = async (agent: Agent): Promise<string> => {
    const visitor = await world.visitor();
    must(await visitor.send('榨汁机坏了'));
    const id = (await agent.list('unassigned')).items[0]!.id;
    await agent.take(id);
    return id;
  };
  /** Given to a second agent: both are in it by their own work. */
  const shared = async (agent: Agent): Promise<string> => {
    const id = await taken(agent);
    expect((await agent.post(`/conversations/${id}/assign`, { from: idOf(1), to: idOf(2) })).status).toBe(200);
    return id;
  };
  const reply = (agent: Agent, conversationId: string, more: object) =>
    ask<AgentSent>(agent.socket, 'message:send', {
      conversationId,
      sender: newSender(),
      number: 1,
      text: 'x',
      ...more,
    });

  it('F-0304 each sees who else looks, once however many tabs, until they go; nobody who may not read', async () => {
    const agent = await world.agent({ member: 1 });
    const id = await taken(agent);
    const seen: Viewers[] = [];
    agent.socket.on('viewers', (packet: Viewers) => seen.push(packet));
    must(await ask(agent.socket, 'conversation:watch', { conversationId: id }));
    await until(() => seen.length === 1);
    const owners = [await world.agent({ member: 0 }), await world.agent({ member: 0 })];
    for (const owner of owners) must(await ask(owner.socket, 'conversation:watch', { conversationId: id }));
    await until(() => seen.length === 3);
    const both = { conversationId: id, viewers: [{ id: idOf(0), name: 'alpha 0' }] };
    expect(seen).toEqual([{ conversationId: id, viewers: [] }, both, both]);
    owners[0]!.socket.emit('conversation:unwatch', { conversationId: id });
    owners[1]!.close();
    await until(() => seen.at(-1)!.viewers.length === 0);
    const stranger = await world.agent({ tenant: world.tenants[1], member: 0 });
    const outsider = await world.agent({ member: 2 });
    const count = seen.length;
    for (const one of [stranger, outsider]) {
      expect(await ask(one.socket, 'conversation:watch', { conversationId: id })).toMatchObject({
        code: 'chat.conversation-not-found',
      });
    }
    expect(seen).toHaveLength(count);
  });

  it('F-0304 a colleague learns who writes a reply; nothing of it is stored', async () => {
    const agent = await world.agent({ member: 1 });
    const owner = await world.agent({ member: 0 });
    const id = await taken(agent);
    must(await ask(owner.socket, 'conversation:watch', { conversationId: id }));
    const typing: Typing[] = [];
    owner.socket.on('typing', (packet: Typing) => typing.push(packet));
    agent.socket.emit('typing', { conversationId: id, typing: true });
    await until(() => typing.length === 1);
    expect(typing).toEqual([{ conversationId: id, typing: true, name: 'alpha 1' }]);
  });

  it('F-0304 a reply begun before a colleague replied is held, takes no number, and goes out when it is wanted', async () => {
    const agent = await world.agent({ member: 1 });
    const other = await world.agent({ member: 2 });
    const id = await shared(agent);
    expect(must(await reply(other, id, { seen: 1 }))).toMatchObject({ seq: 2 });
    const sender = newSender();
    const held = { ok: false, code: 'chat.colleague-replied', details: { memberId: idOf(2), seq: 2 } };
    expect(await reply(agent, id, { sender, seen: 1 })).toEqual(held);
    const note = { conversationId: id, sender, number: 1, text: 'a note is not held', seen: 1 };
    expect(await ask(agent.socket, 'note:add', note)).toMatchObject({ code: 'chat.packet-invalid' });
    const over = await agent.post(`/conversations/${id}/messages`, { sender, number: 1, text: 'x', seen: 1 });
    expect([over.status, over.body.code]).toEqual([409, 'chat.colleague-replied']);
    expect(must(await reply(agent, id, { sender }))).toMatchObject({ seq: 3 });
    // A resend of what is stored is answered as stored, whatever came since.
    expect(must(await reply(agent, id, { sender, seen: 1 }))).toMatchObject({ seq: 3 });
    expect(
      must(await reply(agent, id, { sender, number: 2, seen: 2, text: 'own replies hold nothing' })),
    ).toMatchObject({
      seq: 4,
    });
    for (const seen of [-1, 1.5, Number.MAX_VALUE]) {
      expect(await reply(agent, id, { sender, number: 3, seen })).toMatchObject({ code: 'chat.packet-invalid' });
    }
  });

  it('F-0304 of two replies at the same moment one goes out and the other is held', async () => {
    const agent = await world.agent({ member: 1 });
    const other = await world.agent({ member: 2 });
    const id = await shared(agent);
    for (let round = 0; round < 5; round += 1) {
      const seen = 1 + round;
      const answers = await Promise.all([reply(agent, id, { seen }), reply(other, id, { seen })]);
      expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    }
  });
});
