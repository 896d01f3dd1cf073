import type { AgentSent, ConversationPage, Mentions } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender } from '../world/clients.js';

const [AUTHOR, NAMED, OFFICER] = [1, 2, 3] as const;

describeColumns('mentions in notes on $column', (column) => {
  let world: ChatWorld;
  let author: Agent;
  let named: Agent;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    author = await world.agent({ member: AUTHOR });
    named = await world.agent({ member: NAMED });
  });
  afterAll(() => world?.close());

  const idOf = (member: number, tenant = 0): string => world.tenants[tenant]!.members[member]!.id;
  const taken = async (): Promise<{ id: string; subjectId: string }> => {
    must(await (await world.visitor()).send('hello'));
    const { id, subjectId } = (await author.list('unassigned')).items[0]!;
    expect((await author.take(id)).status).toBe(200);
    return { id, subjectId };
  };
  const note = (conversationId: string, memberIds: readonly unknown[], more: object = {}) =>
    ask<AgentSent>(author.socket, 'note:add', {
      ...{ conversationId, sender: newSender(), number: 1, text: '@alpha 2 please look', memberIds },
      ...more,
    });
  const mentions = async (who: Agent): Promise<Mentions> => (await who.get<Mentions>('/mentions')).body;
  const viewed = async (who: Agent): Promise<readonly string[]> => {
    const { body } = await who.get<ConversationPage>('/conversations?view=mentions');
    return body.items.map(({ id }) => id);
  };
  const rows = (table: string) => {
    const { id } = world.tenants[0];
    return world.platform.work.upkeep(
      async (tx) => tx.all(`SELECT * FROM ${table} WHERE tenant_id = ?`, [id]),
      new Set([id]),
    );
  };

  it('F-0303 whoever is named hears of it, may read the conversation, and finds it under mentions', async () => {
    const { id } = await taken();
    expect((await named.get(`/conversations/${id}/items`)).status).toBe(404);
    let heard = 0;
    named.socket.on('mention', () => heard++);
    const { revision } = must(await note(id, [idOf(NAMED), idOf(NAMED)]));
    await expect.poll(() => heard).toBeGreaterThan(0);
    expect(await mentions(named)).toMatchObject({
      unread: 1,
      items: [{ conversationId: id, revision, by: { id: idOf(AUTHOR), name: 'alpha 1' }, read: false }],
    });
    expect(JSON.stringify(await mentions(named))).not.toContain('please look');
    expect(await viewed(named)).toEqual([id]);
    expect(await viewed(author)).toEqual([]);
    expect((await named.get(`/conversations/${id}/items`)).status).toBe(200);
    const read = await named.post<{ unread: number }>(`/conversations/${id}/mentions/read`, { upTo: revision });
    expect([read.status, read.body]).toEqual([200, { unread: 0 }]);
    expect((await mentions(named)).items[0]).toMatchObject({ read: true });
    // Read up to a note says nothing of a later one.
    must(await note(id, [idOf(NAMED)]));
    expect((await named.post(`/conversations/${id}/mentions/read`, { upTo: revision })).body).toEqual({ unread: 1 });
  });

  it('F-0303 a resent note names nobody twice, and naming oneself is nothing', async () => {
    const { id } = await taken();
    const once = { sender: newSender() };
    const first = must(await note(id, [idOf(NAMED), idOf(AUTHOR)], once));
    expect(must(await note(id, [idOf(NAMED), idOf(AUTHOR)], once))).toEqual(first);
    const stored = (await rows('chat_mention')).filter(({ conversation_id }) => conversation_id === id);
    expect(stored.map(({ member_id }) => member_id)).toEqual([idOf(NAMED)]);
    const journal = (await rows('event_journal')).filter(({ resource }) => resource === `conversation:${id}`);
    expect(journal.filter(({ kind }) => kind === 'chat.member-mentioned.v1')).toHaveLength(1);
  });

  it('F-0303 P-0211 whoever is foreign, disabled or without conversations cannot be named, and no note is stored', async () => {
    const { id } = await taken();
    const before = (await rows('chat_change')).length;
    const cases: readonly (readonly [readonly unknown[], string])[] = [
      [[idOf(NAMED, 1)], 'chat.member-not-found'],
      [[newId()], 'chat.member-not-found'],
      [[idOf(NAMED), newId()], 'chat.member-not-found'],
      [[idOf(OFFICER)], 'chat.member-unable'],
      [Array.from({ length: 21 }, () => newId()), 'chat.too-many-mentions'],
      [['no id'], 'chat.packet-invalid'],
      [[7], 'chat.packet-invalid'],
    ];
    for (const [memberIds, code] of cases) expect(await note(id, memberIds)).toMatchObject({ ok: false, code });
    const disable = (state: string) =>
      world.platform.work.upkeep(
        async (tx) => {
          const { id: tenantId } = world.tenants[0];
          await tx.run('UPDATE auth_member SET state = ? WHERE tenant_id = ? AND id = ?', [
            ...[state, tenantId, idOf(NAMED)],
          ]);
        },
        new Set([world.tenants[0].id]),
      );
    await disable('disabled');
    expect(await note(id, [idOf(NAMED)])).toMatchObject({ ok: false, code: 'chat.member-unable' });
    await disable('active');
    expect(await rows('chat_change')).toHaveLength(before);
    // A message to the visitor names nobody.
    const packet = { conversationId: id, sender: newSender(), number: 1, text: 'hi', memberIds: [idOf(NAMED)] };
    expect(await ask(author.socket, 'message:send', packet)).toMatchObject({ ok: false, code: 'chat.packet-invalid' });
  });

  it('F-0303 over HTTP the same holds', async () => {
    const { id } = await taken();
    const body = { sender: newSender(), number: 1, text: '@alpha 2', memberIds: [idOf(NAMED)] };
    expect((await author.post(`/conversations/${id}/notes`, body)).status).toBe(200);
    expect(await viewed(named)).toContain(id);
    const many = { ...body, sender: newSender(), memberIds: Array.from({ length: 21 }, () => newId()) };
    const refused = await author.post<{ code: string }>(`/conversations/${id}/notes`, many);
    expect([refused.status, refused.body.code]).toEqual([422, 'chat.too-many-mentions']);
    const outsider = await named.post(`/conversations/${newId()}/mentions/read`, { upTo: 1 });
    expect(outsider.status).toBe(404);
  });

  it('F-0304 a reply in which a variable still stands is refused, a note is not', async () => {
    const { id } = await taken();
    const packet = { conversationId: id, sender: newSender(), number: 1, text: 'Dear {{contact.name}}' };
    const refused = await ask(author.socket, 'message:send', packet);
    expect(refused).toMatchObject({
      ...{ ok: false, code: 'chat.variable-unfilled' },
      details: { variables: 'contact.name' },
    });
    expect(await ask(author.socket, 'note:add', packet)).toMatchObject({ ok: true });
  });

  it('P-1307 mentions go with the person whose conversation it was; of a member who left the pseudonym stays', async () => {
    const { id, subjectId } = await taken();
    const other = await taken();
    for (const one of [id, other.id]) must(await note(one, [idOf(NAMED)]));
    const { id: tenantId } = world.tenants[0];
    await world.platform.upkeep.destruction.destroySubject(tenantId, subjectId);
    const left = (await rows('chat_mention')).map(({ conversation_id }) => conversation_id);
    expect(left).not.toContain(id);
    expect(left).toContain(other.id);
    const [member] = (await rows('auth_member')).filter((row) => row.id === idOf(NAMED));
    await world.platform.upkeep.destruction.destroySubject(tenantId, String(member!.subject_id));
    const stays = (await rows('chat_mention')).filter(({ conversation_id }) => conversation_id === other.id);
    expect(stays.map(({ member_id }) => member_id)).toEqual([idOf(NAMED)]);
  });
});
