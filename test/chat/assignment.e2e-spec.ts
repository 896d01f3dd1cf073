import type { AgentItem, AgentSent, Colleagues, ConversationSummary, VisitorSynced } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, until, type Visitor } from '../world/clients.js';

interface Refusal {
  readonly code?: string;
  readonly details?: { readonly assigneeId?: string };
}

describeColumns('who has a conversation on $column', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const idOf = (member: number) => world.tenants[0].members[member]!.id;
  const taken = async (): Promise<{ id: string; visitor: Visitor; first: Agent }> => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    const first = await world.agent({ member: 1 });
    const id = (await first.list('unassigned')).items[0]!.id;
    expect((await first.take(id)).status).toBe(200);
    return { id, visitor, first };
  };

  it('F-0303 a hand-over with a note: both colleagues see who gave it to whom, the visitor sees neither note nor number', async () => {
    const { id, visitor, first } = await taken();
    const second = await world.agent({ member: 2 });
    const { items: able } = (await first.get<Colleagues>('/colleagues')).body;
    expect(able.map(({ name }) => name)).toEqual(['alpha 0', 'alpha 1', 'alpha 2']);
    const body = { from: idOf(1), to: idOf(2), note: 'customer waits for a label' };
    expect((await first.post<AgentSent>(`/conversations/${id}/assign`, body)).body).toMatchObject({
      seq: null,
      revision: 3,
    });
    await until(() => second.items.length >= 2);
    const said = {
      author: { kind: 'agent', id: idOf(1), name: 'alpha 1' },
      member: { id: idOf(2), name: 'alpha 2' },
    };
    expect(second.items).toMatchObject([
      { kind: 'assigned', revision: 3, ...said },
      { kind: 'note', revision: 4, text: body.note, author: said.author },
    ]);
    expect((await second.list('mine')).items.find((row) => row.id === id)).toMatchObject({
      state: 'open',
      assigneeId: idOf(2),
    });
    const { items } = (await first.get<{ items: AgentItem[] }>(`/conversations/${id}/items`)).body;
    expect(items.slice(2)).toMatchObject([
      { kind: 'assigned', ...said },
      { kind: 'note', text: body.note },
    ]);
    const synced = must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: 0 }));
    expect(JSON.stringify([synced, visitor.items])).not.toMatch(/label|revision/);
    // Who gave it away no longer decides about it.
    const again = await first.post<Refusal>(`/conversations/${id}/release`, { from: idOf(2) });
    expect([again.status, again.body.code]).toEqual([403, 'chat.not-yours']);
  });

  it('F-0303 back to the queue: everybody may take it, and its state says so', async () => {
    const { id, first } = await taken();
    expect((await first.post(`/conversations/${id}/release`, { from: idOf(1) })).status).toBe(200);
    const second = await world.agent({ member: 2 });
    const row = (await second.list('unassigned')).items.find((one) => one.id === id);
    expect(row).toMatchObject({ state: 'queued', assigneeId: null });
    expect(row).not.toHaveProperty('preview');
    expect((await second.take(id)).status).toBe(200);
  });

  it('F-0303 of many hand-overs at once one wins, the others are told who has it', async () => {
    const { id, first } = await taken();
    const owner = await world.agent({ member: 0 });
    const wishes = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? idOf(0) : idOf(2)));
    const answers = await Promise.all(
      wishes.map((to, at) =>
        (at % 4 < 2 ? owner : first).post<AgentSent & Refusal>(`/conversations/${id}/assign`, { from: idOf(1), to }),
      ),
    );
    const won = answers.findIndex(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const row = (await owner.get<ConversationSummary>(`/conversations/${id}`)).body;
    expect(row.assigneeId).toBe(wishes[won]);
    for (const { status, body } of answers.filter((_, at) => at !== won)) {
      if (status === 403) continue;
      expect([status, body.code, body.details?.assigneeId]).toEqual([409, 'chat.already-taken', wishes[won]]);
    }
    const { items } = (await owner.get<{ items: AgentItem[] }>(`/conversations/${id}/items`)).body;
    expect(items.filter(({ kind }) => kind === 'assigned')).toHaveLength(1);
  });

  it('F-0303 bad input: somebody who is nobody, who cannot have it, whose it is not, a note too long; nothing is stored', async () => {
    const { id, first } = await taken();
    const stranger = world.tenants[1].members[1]!.id;
    const cases: readonly (readonly [object, number, string])[] = [
      [{ from: idOf(1), to: stranger }, 404, 'chat.member-not-found'],
      [{ from: idOf(1), to: idOf(3) }, 422, 'chat.member-unable'],
      [{ from: idOf(2), to: idOf(2) }, 409, 'chat.already-taken'],
      [{ from: null, to: idOf(2) }, 409, 'chat.already-taken'],
      [{ from: idOf(1), to: idOf(2), note: 'x'.repeat(10_001) }, 422, 'chat.message-too-long'],
    ];
    for (const [body, status, code] of cases) {
      const refused = await first.post<Refusal>(`/conversations/${id}/assign`, body);
      expect([refused.status, refused.body.code]).toEqual([status, code]);
    }
    await first.post(`/conversations/${id}/resolve`);
    const late = await first.post<Refusal>(`/conversations/${id}/assign`, { from: idOf(1), to: idOf(2) });
    expect([late.status, late.body.code]).toEqual([409, 'chat.not-open']);
    const { items } = (await first.get<{ items: AgentItem[] }>(`/conversations/${id}/items`)).body;
    expect(items.map(({ kind }) => kind)).toEqual(['message', 'taken', 'resolved']);
  });
});
