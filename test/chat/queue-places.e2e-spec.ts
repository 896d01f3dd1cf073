import type { InboxRouting, QueuePlace, VisitorSynced } from '@libs/contracts';
import { ROUTING_LIMITS } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { QueuePlaces } from '../../apps/chat/src/routing/queue-places.js';
import { type ChatWorld, openChatWorld, type WorldTenant } from '../world/chat-world.js';
import { type Agent, must, until, type Visitor } from '../world/clients.js';
import { MovedClock, route } from './routing-world.js';

describeColumns('places in the queue on $column', (column) => {
  const clock = new MovedClock();
  let world: ChatWorld;
  let tenant: WorldTenant;
  let owner: Agent;
  /** Conversations of the test, in the order in which they began. */
  let begun: string[] = [];
  beforeAll(async () => {
    world = await openChatWorld({ column, clock, quickLooks: true });
    [tenant] = world.tenants;
    owner = await world.agent({ member: 0 });
  });
  afterAll(() => world?.close());

  const set = (wish: Partial<InboxRouting>) => route(world.origin, { cookie: owner.cookie }, tenant.inboxId, wish);
  const waiting = async () => (await owner.list('unassigned')).items.map(({ id }) => id);
  /** Somebody who writes, and the conversation that begins: nobody is there to be given it. */
  const ask = async (came?: (visitor: Visitor) => void): Promise<{ visitor: Visitor; id: string }> => {
    const visitor = await world.visitor();
    came?.(visitor);
    must(await visitor.send('hello'));
    const id = (await waiting()).find((one) => !begun.includes(one))!;
    begun.push(id);
    return { visitor, id };
  };
  const take = async (id: string) => expect((await owner.take(id)).status).toBe(200);

  beforeEach(() => set({ mode: 'round-robin', showPlace: true }));
  afterEach(async () => {
    for (const id of begun) await owner.post(`/conversations/${id}/resolve`);
    begun = [];
  });

  it('F-0303 who waits is told the place, and again when it changes; in a manual inbox nobody is', async () => {
    const places = world.app.get(QueuePlaces, { strict: false });
    const told = new Map<string, number[]>();
    const listen =
      (name: string) =>
      ({ socket }: Visitor) => {
        told.set(name, []);
        socket.on('queue', ({ place }: QueuePlace) => told.get(name)!.push(place));
      };
    const first = await ask(listen('first'));
    const second = await ask(listen('second'));
    await until(() => told.get('second')!.length === 1);
    await until(() => told.get('first')!.length === 1);
    await take(first.id);
    listen('again')(await world.visitor({ token: second.visitor.token! }));
    // That it looks by itself is shown above.
    await until(async () => {
      await places.tell();
      return told.get('second')!.length === 2 && told.get('again')!.length === 1;
    });
    expect(Object.fromEntries(told)).toEqual({ first: [1], second: [2, 1], again: [1] });
    await set({ mode: 'manual' });
    const quiet = await ask(listen('quiet'));
    await places.tell();
    must(await quiet.visitor.send('an answer after which everything before it has arrived'));
    expect(told.get('quiet')).toEqual([]);
  });

  it('F-0303 who asks over HTTP is told the place as well, and that it is over; never one of another inbox', async () => {
    const poll = async ({ token }: Visitor, inbox = tenant.inboxKey) => {
      const query = `inbox=${inbox}&after=0`;
      const headers = { authorization: `Bearer ${token}` };
      return fetch(`${world.origin}/api/v1/chat/widget/messages?${query}`, { headers });
    };
    const placeOf = async (visitor: Visitor) => ((await (await poll(visitor)).json()) as VisitorSynced).queue;
    const [first, second] = [await ask(), await ask()];
    clock.move(ROUTING_LIMITS.placesEveryMs);
    expect([await placeOf(first.visitor), await placeOf(second.visitor)]).toEqual([
      { place: 1, of: 2 },
      { place: 2, of: 2 },
    ]);
    await take(first.id);
    clock.move(ROUTING_LIMITS.placesEveryMs);
    expect([await placeOf(first.visitor), await placeOf(second.visitor)]).toEqual([null, { place: 1, of: 1 }]);
    expect((await poll(second.visitor, world.tenants[1].inboxKey)).status).toBe(401);
    await set({ showPlace: false });
    clock.move(ROUTING_LIMITS.placesEveryMs);
    expect(await placeOf(second.visitor)).toBeNull();
  });
});
