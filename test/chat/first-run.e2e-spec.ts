import type { FirstRun } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld, SHOP, type WorldTenant } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, postJson } from '../world/clients.js';

const STRANGER = 'https://shop.elsewhere.example';

describeColumns('the first steps of a workspace on $column', (column) => {
  let world: ChatWorld;
  let owner: Agent;
  let beta: WorldTenant;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    [, beta] = world.tenants;
    owner = await world.agent({ tenant: beta, member: 0 });
  });
  afterAll(() => world?.close());

  const look = async (who = owner): Promise<FirstRun> => (await who.get<FirstRun>('/first-run')).body;
  const knock = (origin: string, { inboxKey: inbox } = beta) =>
    postJson(world.origin, '/api/v1/chat/widget/passes', { inbox }, { origin }).catch(() => undefined);

  it('F-0101 what is there is ticked, and what is not is not', async () => {
    const { steps, inbox } = await look();
    expect(inbox).toEqual({ id: beta.inboxId, name: expect.any(String), live: true });
    expect(steps).toEqual({
      ...{ inbox: expect.any(Number), notice: expect.any(Number), invitation: expect.any(Number) },
      ...{ snippet: null, answer: null },
    });
  });

  it('F-0303 our own page is no site, and a made-up address is not repeated', async () => {
    await knock(world.origin);
    await knock('javascript:alert(1)');
    await knock(`https://${'a'.repeat(300)}.example`);
    // One refused site a minute is written down: had one of those been, this one would not be.
    await knock(STRANGER);
    await expect.poll(async () => (await look()).refusedOrigin?.origin).toBe(STRANGER);
    expect((await look()).steps.snippet).toBeNull();
  });

  it('F-0303 a site that is not allowed is named until one that is was seen, and that one ticks the step', async () => {
    await Promise.all([knock(SHOP), knock(SHOP)]);
    await expect.poll(async () => (await look()).steps.snippet).toEqual(expect.any(Number));
    const { steps, refusedOrigin } = await look();
    expect(refusedOrigin).toBeNull();
    await knock(STRANGER);
    await knock(SHOP);
    // What those would write is written before this.
    const [alpha] = world.tenants;
    await knock(STRANGER, alpha);
    const neighbour = await world.agent({ member: 0 });
    await expect.poll(async () => (await look(neighbour)).refusedOrigin?.origin).toBe(STRANGER);
    expect(await look()).toMatchObject({ steps: { snippet: steps.snippet }, refusedOrigin: null });
  });

  it('F-0303 the first answer ticks the last step; another workspace sees nothing of it', async () => {
    const visitor = await world.visitor({ tenant: beta });
    must(await visitor.send('hello'));
    const [row] = (await owner.list('unassigned')).items;
    await owner.take(row!.id);
    expect((await look()).steps.answer).toBeNull();
    const packet = { conversationId: row!.id, sender: newSender(), number: 1, text: 'hi' };
    must(await ask(owner.socket, 'message:send', packet));
    expect((await look()).steps.answer).toEqual(expect.any(Number));
    const other = await world.agent({ member: 0 });
    expect((await look(other)).steps).toMatchObject({ snippet: null, answer: null });
  });

  it('F-0101 only those who manage inboxes are told', async () => {
    const agent = await world.agent({ tenant: beta, member: 1 });
    expect((await agent.get('/first-run')).status).toBe(403);
  });
});
