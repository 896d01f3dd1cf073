import { MemberWorks, TeamChanges } from '@libs/auth';
import type {
  ColleagueAvailabilities,
  ConversationSummary,
  InboxRouting,
  MemberCapacities,
  OwnAvailability,
} from '@libs/contracts';
import { newId } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { BusinessHours } from '../../apps/chat/src/hours/business-hours.js';
import { MemberLines } from '../../apps/chat/src/routing/member-lines.js';
import { RoutingEngine } from '../../apps/chat/src/routing/routing-engine.js';
import { readRows, type StoredIn } from '../durability/stored-messages.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { must, until, type Visitor } from '../world/clients.js';
import { call, choose, hire, MovedClock, route, setDefaults, type Worker } from './routing-world.js';

const MINUTE = 60_000;

describeColumns('routing on $column', (column) => {
  const clock = new MovedClock();
  let world: ChatWorld;
  /** Two agents whom each test finds offline, with nothing in their hands. */
  let one: Worker;
  let two: Worker;
  beforeAll(async () => {
    world = await openChatWorld({ column, clock, quickLooks: true });
    one = await hire(world, tenant(), 'one');
    two = await hire(world, tenant(), 'two');
  });
  afterAll(() => world?.close());

  const tenant = () => world.tenants[0];
  const owner = () => tenant().members[0]!;
  const inboxId = () => tenant().inboxId;
  const engine = () => world.app.get(RoutingEngine, { strict: false });
  const stored = (): StoredIn => {
    const { database } = world.platform.config;
    return database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
  };
  const set = (wish: Partial<InboxRouting>) => route(world.origin, owner(), inboxId(), wish);
  const be = (worker: Worker, availability: 'online' | 'busy' | 'offline') =>
    choose(world.origin, worker, availability);
  /** Somebody who writes, and the conversation that begins. */
  const ask = async (came?: (visitor: Visitor) => void): Promise<{ visitor: Visitor; id: string }> => {
    const before = new Set(await ids());
    const visitor = await world.visitor();
    came?.(visitor);
    must(await visitor.send('hello'));
    return { visitor, id: (await ids()).find((id) => !before.has(id))! };
  };
  const ids = async () => (await readRows(stored(), 'SELECT id FROM chat_conversation')).map(({ id }) => String(id));
  const row = async (id: string) =>
    (await call<ConversationSummary>(world.origin, owner(), 'GET', `/conversations/${id}`)).body;
  const holder = async (id: string) => (await row(id)).assigneeId;
  const heldBy = (worker: Worker | undefined, id: string) =>
    until(async () => (await holder(id)) === (worker?.id ?? null));
  /** What is due has been done. */
  const settle = async (): Promise<void> => {
    await engine().look();
    await engine().settle();
  };
  const journal = async (resource: string) => {
    const rows = await readRows(
      stored(),
      'SELECT kind, actor, resource, detail, fields FROM event_journal ORDER BY id',
    );
    return rows
      .filter((entry) => entry.resource === resource)
      .map(({ kind, actor, detail }) => ({ kind, actor, ...JSON.parse(String(detail ?? '{}')) }));
  };
  const act = (worker: Pick<Worker, 'cookie'>, id: string, verb: string, body: unknown = {}) =>
    call(world.origin, worker, 'POST', `/conversations/${id}/${verb}`, body);
  const team = (name: string, ...members: readonly Worker[]) => {
    const by = { tenantId: tenant().id, memberId: owner().id, correlationId: newId() };
    const wish = { name: `${name} ${newId()}`, memberIds: members.map(({ id }) => id) };
    return world.app.get(TeamChanges, { strict: false }).create(by, wish);
  };

  beforeEach(async () => {
    await setDefaults(world.origin, owner(), { defaultCapacity: 5, returnAfterSeconds: 120 });
    await set({
      ...{ mode: 'round-robin', teamId: null, overflowTeamId: null, overflowAfterSeconds: 60 },
      ...{ hoursId: null, outsideHours: 'hold', showPlace: true },
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const worker of [one, two]) await be(worker, 'offline');
    for (const id of await ids()) await act(owner(), id, 'resolve');
    await engine().settle();
  });

  it('P-1501 who is online gets what comes; the entry says by which rule, among how many, at which load', async () => {
    await be(one, 'online');
    const { id } = await ask();
    await heldBy(one, id);
    expect(await row(id)).toMatchObject({ state: 'open', assigneeName: 'one' });
    expect(await journal(`conversation:${id}`)).toContainEqual({
      ...{ kind: 'chat.conversation-assigned.v1', actor: 'system:routing', revision: 2 },
      ...{ assigneeId: one.id, rule: 'round-robin', candidates: 1, load: 0, capacity: 5 },
    });
    const { items } = (
      await call<{ items: readonly { kind: string; author: { id: string | null } }[] }>(
        ...([world.origin, one, 'GET', `/conversations/${id}/items`] as const),
      )
    ).body;
    expect(items.at(-1)).toMatchObject({ kind: 'assigned', author: { id: null }, member: { id: one.id, name: 'one' } });
  });

  it('F-0303 turns survive a restart; who waits is found by the process that starts', async () => {
    await be(one, 'online');
    await be(two, 'online');
    const first = await ask();
    await until(async () => (await holder(first.id)) !== null);
    const [last, next] = (await holder(first.id)) === one.id ? [one, two] : [two, one];
    await be(one, 'offline');
    await be(two, 'offline');
    const waiting = await ask();
    await be(last, 'online');
    await heldBy(last, waiting.id);
    await world.restart();
    await be(next, 'online');
    const [third, fourth] = [await ask(), await ask()];
    await heldBy(next, third.id);
    await heldBy(last, fourth.id);
    await be(last, 'busy');
    await be(next, 'busy');
    const late = await ask();
    await world.restart();
    expect(await holder(late.id)).toBeNull();
    await be(next, 'online');
    await heldBy(next, late.id);
  });

  it('F-0303 least busy: the fewest open; snoozed ones weigh nothing', async () => {
    await set({ mode: 'least-busy' });
    await be(one, 'online');
    const held = [await ask(), await ask()];
    for (const { id } of held) await heldBy(one, id);
    await be(two, 'online');
    const third = await ask();
    await heldBy(two, third.id);
    for (const { id } of held) expect((await act(one, id, 'snooze', { inMs: 10 * MINUTE })).status).toBe(200);
    const fourth = await ask();
    await heldBy(one, fourth.id);
    expect(await journal(`conversation:${fourth.id}`)).toContainEqual(
      expect.objectContaining({ rule: 'least-busy', candidates: 2, load: 0 }),
    );
  });

  it('C8 capacity binds the machine: a member may pick beyond it; a place that becomes free is given at once', async () => {
    const path = `/routing/members/${one.id}`;
    const set1 = await call<MemberCapacities>(world.origin, owner(), 'PUT', path, { capacity: 1 });
    expect(set1.body.items).toContainEqual({ id: one.id, name: 'one', capacity: 1 });
    await be(one, 'online');
    const [first, second, third] = [await ask(), await ask(), await ask()];
    await heldBy(one, first.id);
    await settle();
    expect(await holder(second.id)).toBeNull();
    expect((await act(one, third.id, 'take')).status).toBe(200);
    const own = await call<OwnAvailability>(world.origin, one, 'GET', '/availability');
    expect(own.body).toEqual({ availability: 'online', lost: false, open: 2, capacity: 1 });
    await act(one, third.id, 'resolve');
    await settle();
    expect(await holder(second.id)).toBeNull();
    await act(one, first.id, 'resolve');
    await heldBy(one, second.id);
    await call(world.origin, owner(), 'PUT', path, { capacity: null });
  });

  it('F-0303 the second team is asked as well when somebody has waited long enough', async () => {
    const [first, second] = [await team('first', one), await team('second', two)];
    await set({ teamId: first, overflowTeamId: second, overflowAfterSeconds: 30 });
    await be(two, 'online');
    const { id } = await ask();
    await settle();
    expect(await holder(id)).toBeNull();
    clock.move(31_000);
    await settle();
    await heldBy(two, id);
  });

  it('F-0303 work of a team that is set aside goes on: to the second team at once, and to everybody where there is none', async () => {
    const changes = world.app.get(TeamChanges, { strict: false });
    const by = { tenantId: tenant().id, memberId: owner().id, correlationId: newId() };
    const [first, second] = [await team('first', one), await team('second', two)];
    await set({ teamId: first, overflowTeamId: second, overflowAfterSeconds: 3600 });
    await be(two, 'online');
    const waits = await ask();
    await settle();
    expect(await holder(waits.id)).toBeNull();
    await changes.archive(by, first, { version: 1, archived: true });
    await heldBy(two, waits.id);
    await be(two, 'offline');
    await be(one, 'online');
    const last = await ask();
    await settle();
    expect(await holder(last.id)).toBeNull();
    await changes.archive(by, second, { version: 1, archived: true });
    await heldBy(one, last.id);
  });

  it('F-0303 who writes again in a resolved conversation gets the former agent, or waits for another one', async () => {
    await be(one, 'online');
    const { id, visitor } = await ask();
    await heldBy(one, id);
    await be(two, 'online');
    await act(one, id, 'resolve');
    must(await visitor.send('one more thing'));
    await heldBy(one, id);
    expect((await journal(`conversation:${id}`)).at(-1)).toMatchObject({ rule: 'former', assigneeId: one.id });
    await act(one, id, 'resolve');
    await be(one, 'busy');
    await be(two, 'busy');
    must(await visitor.send('and another'));
    expect(await row(id)).toMatchObject({ state: 'queued', assigneeId: null });
    await be(two, 'online');
    await heldBy(two, id);
    await set({ mode: 'manual' });
    await act(two, id, 'resolve');
    must(await visitor.send('in a manual inbox the former agent has it again'));
    expect(await row(id)).toMatchObject({ state: 'open', assigneeId: two.id });
  });

  it('F-0303 a line lost for three minutes: offline on the record; after the grace what waits for an answer goes back', async () => {
    await be(one, 'online');
    const [answered, waiting] = [await ask(), await ask()];
    for (const { id } of [answered, waiting]) await heldBy(one, id);
    const sent = { sender: newId().replaceAll('-', '').slice(10), number: 1, text: 'done' };
    expect((await act(one, answered.id, 'messages', sent)).status).toBe(200);
    const lines = world.app.get(MemberLines, { strict: false });
    const hangUp = lines.open(tenant().id, one.id);
    clock.move(4 * MINUTE);
    await settle();
    const own = async () => (await call<OwnAvailability>(world.origin, one, 'GET', '/availability')).body;
    expect(await own()).toMatchObject({ availability: 'online' });
    hangUp();
    clock.move(4 * MINUTE);
    await settle();
    expect(await own()).toMatchObject({ availability: 'offline', lost: true });
    expect(await journal(`member:${one.id}`)).toContainEqual({
      ...{ kind: 'chat.member-line-lost.v1', actor: 'system:routing', rule: 'line-lost', afterMs: 3 * MINUTE },
    });
    await settle();
    expect(await holder(waiting.id)).toBe(one.id);
    clock.move(2 * MINUTE);
    await settle();
    expect([await holder(waiting.id), await holder(answered.id)]).toEqual([null, one.id]);
    expect((await journal(`conversation:${waiting.id}`)).at(-1)).toMatchObject({
      ...{ kind: 'chat.conversation-released.v1', actor: 'system:routing', rule: 'lost-line', assigneeId: null },
    });
    must(await answered.visitor.send('are you there?'));
    await settle();
    expect(await holder(answered.id)).toBeNull();
    // A line that comes back puts nobody to work.
    lines.open(tenant().id, one.id)();
    expect(await own()).toMatchObject({ availability: 'offline', lost: true });
    await be(one, 'online');
    for (const { id } of [answered, waiting]) await heldBy(one, id);
  });

  it('F-0303 outside hours the queue is held, or given to who is online, as the inbox says', async () => {
    vi.spyOn(world.app.get(BusinessHours, { strict: false }), 'isOpen').mockResolvedValue(false);
    await be(one, 'online');
    const { id } = await ask();
    await settle();
    expect(await holder(id)).toBeNull();
    await set({ outsideHours: 'give' });
    await heldBy(one, id);
  });

  it('F-0303 handed to a team: it waits for that team, with the note, and only one of two at once wins', async () => {
    const teamId = await team('returns', two);
    await be(one, 'online');
    const { id } = await ask();
    await heldBy(one, id);
    await be(two, 'online');
    const wish = { teamId, from: one.id, note: 'a return' };
    const both = await Promise.all([act(one, id, 'hand-to-team', wish), act(owner(), id, 'hand-to-team', wish)]);
    const codes = both.map(({ status, body }) => (status === 200 ? '200' : body.code)).sort();
    expect(codes[0]).toBe('200');
    expect(['chat.already-taken', 'chat.not-yours']).toContain(codes[1]);
    await heldBy(two, id);
    const entries = await journal(`conversation:${id}`);
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'chat.conversation-released.v1', teamId }));
    const strange = await act(two, id, 'hand-to-team', { teamId: newId(), from: two.id });
    expect([strange.status, strange.body.code]).toEqual([404, 'chat.team-not-found']);
    expect(await holder(id)).toBe(two.id);
  });

  it('F-0208 who leaves is given nothing more, and what they have goes back and is given on', async () => {
    await be(one, 'online');
    const { id } = await ask();
    await heldBy(one, id);
    const work = { tenantId: tenant().id, memberId: one.id, to: null, by: owner().id, correlationId: newId() };
    const actor = { kind: 'member', id: owner().id } as const;
    await runInTenant({ ...work, actor }, () => world.app.get(MemberWorks, { strict: false }).handOver(work));
    expect(await holder(id)).toBeNull();
    const later = await ask();
    await settle();
    expect(await holder(later.id)).toBeNull();
    await be(two, 'online');
    for (const one of [id, later.id]) await heldBy(two, one);
  });

  it('F-0303 colleagues hear of it live; the present word is all there is', async () => {
    const colleague = await world.agent({ member: 1 });
    const heard: unknown[] = [];
    colleague.socket.on('availability', (packet: unknown) => heard.push(packet));
    await be(two, 'busy');
    await until(() => heard.some((packet) => JSON.stringify(packet) === JSON.stringify({ memberId: two.id })));
    const { items } = (await colleague.get<ColleagueAvailabilities>('/colleagues/availability')).body;
    expect(items).toContainEqual({ id: two.id, name: 'two', availability: 'busy', open: 0, capacity: 5 });
    expect((await journal(`member:${two.id}`)).filter(({ kind }) => /availab/.test(String(kind)))).toEqual([]);
  });

  it('F-0303 bad input: words, numbers and ids that are none, two browsers at once; nothing is stored', async () => {
    const path = `/inboxes/${inboxId()}/routing`;
    const { body: now } = await call<InboxRouting>(world.origin, owner(), 'GET', path);
    const strange = await call<{ id: string }>(world.origin, tenantOwner(1), 'GET', `/inboxes/${inboxId()}/routing`);
    expect([strange.status, strange.body.code]).toEqual([404, 'chat.inbox-not-found']);
    const cases: readonly (readonly [string, object, number, string])[] = [
      ['/availability', { availability: 'asleep' }, 422, 'http.invalid-input'],
      [path, { ...now, mode: 'random' }, 422, 'http.invalid-input'],
      [path, { ...now, overflowAfterSeconds: 9 }, 422, 'http.invalid-input'],
      [path, { ...now, teamId: newId() }, 404, 'chat.team-not-found'],
      [path, { ...now, overflowTeamId: newId() }, 404, 'chat.team-not-found'],
      [path, { ...now, hoursId: newId() }, 404, 'chat.hours-not-found'],
      [path, { ...now, version: now.version - 1 }, 409, 'chat.routing-changed'],
      [`/routing/members/${one.id}`, { capacity: 0 }, 422, 'http.invalid-input'],
      [`/routing/members/${newId()}`, { capacity: 3 }, 404, 'chat.member-not-found'],
      [`/routing/members/${tenant().members[3]!.id}`, { capacity: 3 }, 422, 'chat.member-unable'],
    ];
    for (const [where, body, status, code] of cases) {
      const refused = await call(world.origin, owner(), 'PUT', where, body);
      expect([where, refused.status, refused.body.code]).toEqual([where, status, code]);
    }
    const pair = await Promise.all(
      [4, 6].map((defaultCapacity) =>
        call<InboxRouting>(world.origin, owner(), 'PUT', path, { ...now, overflowAfterSeconds: defaultCapacity * 10 }),
      ),
    );
    expect(pair.map(({ status }) => status).sort()).toEqual([200, 409]);
    const after = (await call<InboxRouting>(world.origin, owner(), 'GET', path)).body;
    expect(after).toMatchObject({ version: now.version + 1, mode: now.mode, teamId: null });
    const byAgent = await call(world.origin, one, 'PUT', path, now);
    expect(byAgent.status).toBe(403);
  });

  const tenantOwner = (index: number) => world.tenants[index]!.members[0]!;
});
