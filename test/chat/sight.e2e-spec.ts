import { type AgentItem, type AgentSent, type AgentSynced, type ItemPage, personHandle } from '@libs/contracts';
import type { FieldCode, Visibility } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, must, newSender, until } from '../world/clients.js';

const SAID = 'what a role may not read';

describeColumns('what a role sees of a conversation on $column by the register', (column) => {
  let world: ChatWorld;
  let tenantId: string;

  beforeAll(async () => {
    world = await openChatWorld({ column });
    tenantId = world.tenants[0].id;
  });
  afterAll(() => world?.close());

  /** What agents see of messages and notes from now on; the tests go from more to less, which needs nobody else. */
  async function agentsSee(visibility: Visibility, ...codes: FieldCode[]): Promise<void> {
    const book = world.platform.privacy.register;
    const { version, register } = await book.load(tenantId);
    const fields = register.fields.map((one) =>
      codes.includes(one.field) ? { ...one, roles: { ...one.roles, agent: visibility } } : one,
    );
    const who = { tenantId, memberId: world.tenants[0].members[0]!.id, correlationId: 'test' };
    await book.change(who, { baseVersion: version, register: { ...register, fields }, note: 'less' });
  }

  it.each([
    ['masked', { text: '****', masked: true }, { preview: { from: 'visitor', text: '****' } }],
    ['none', { text: '', withheld: 'no-permission' }, { withheld: 'no-permission' }],
  ] as const)('P-1004 P-1005 %s is no text, by any door', async (visibility, seen, row) => {
    const owner = await world.agent({ member: 0 });
    const agent = await world.agent({ member: 1 });
    await agentsSee(visibility, 'chat.message', 'chat.note');
    const visitor = await world.visitor();
    must(await visitor.send(SAID));
    const conversationId = (await agent.list('unassigned')).items[0]!.id;
    await agent.take(conversationId);
    const live: AgentItem[] = [];
    const whole: AgentItem[] = [];
    agent.socket.on('item', (item: AgentItem) => live.push(item));
    owner.socket.on('item', (item: AgentItem) => whole.push(item));
    must(await ask(owner.socket, 'conversation:watch', { conversationId }));
    must(await ask(agent.socket, 'conversation:watch', { conversationId }));
    const note = { conversationId, sender: newSender(), number: 1, text: SAID };
    must(await ask<AgentSent>(owner.socket, 'note:add', note));
    must(await visitor.send(SAID));
    await until(() => live.filter(isSaid).length === 2 && whole.filter(isSaid).length === 2);
    const { items } = must(await ask<AgentSynced>(agent.socket, 'sync', { conversationId, after: 0 }));
    const page: ItemPage = (await agent.get<ItemPage>(`/conversations/${conversationId}/items`)).body;
    for (const item of [...live, ...items, ...page.items].filter(isSaid)) expect(item).toMatchObject(seen);
    const mine = (await agent.list('mine')).items.find(({ id }) => id === conversationId)!;
    expect(mine).toMatchObject({ ...row, handle: personHandle(mine.subjectId) });
    expect(JSON.stringify([live, items, page, mine])).not.toContain(SAID);
    expect(whole.filter(isSaid).map((item) => 'text' in item && item.text)).toEqual([SAID, SAID]);
    await world.platform.desk.reads.flush();
    const accounts = await world.platform.desk.reads.of(tenantId, mine.subjectId);
    expect(accounts.items.filter(({ role }) => role === 'agent')).toEqual([]);
  });
});

function isSaid({ kind }: AgentItem): boolean {
  return kind === 'message' || kind === 'note';
}
