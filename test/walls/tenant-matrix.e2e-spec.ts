import { AGENT_PACKET_REFS, type PacketRefs, WIDGET_PACKET_REFS } from '@libs/contracts';
import type { RefEntry } from '@libs/http';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { Socket as ServerSocket } from 'socket.io';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { packetsOf } from '../../apps/chat/src/messages/packet-door.js';
import { ReadWatch } from '../../apps/chat/src/stream/read-watch.js';
import type { ChatWorld, WorldMember } from '../world/chat-world.js';
import { type Agent, ask, newSender } from '../world/clients.js';
import { type Fingerprints, openFingerprints } from '../world/fingerprint.js';
import { type Answer, callRoute, nameOf, positionOf, type RouteCall, routesOf, wrongForms } from './calls.js';
import { decided, linked } from './desk-cases.js';
import { hours } from './hours-cases.js';
import { signing } from './inbox-cases.js';
import { labelled, viewed } from './list-cases.js';
import { invited, pictured } from './member-cases.js';
import { ROUTE_CASES, type RouteCase, VISITOR_DOORS } from './route-cases.js';
import { scheduled } from './scheduled-cases.js';
import { team } from './team-cases.js';
import { agreedApproval, type Ids, MARK, openWallWorld, type Stage, sessionOf, talk } from './wall-world.js';
import { canned } from './words-cases.js';

/** What a packet carries besides ids. */
const PACKETS: Readonly<Record<keyof typeof AGENT_PACKET_REFS, () => Readonly<Record<string, unknown>>>> = {
  'conversation:watch': () => ({}),
  'conversation:unwatch': () => ({}),
  'message:send': () => ({ sender: newSender(), number: 1, text: 'alpha writes' }),
  'note:add': () => ({ sender: newSender(), number: 1, text: 'alpha notes' }),
  sync: () => ({ after: 0 }),
  typing: () => ({ typing: true }),
  cursor: () => ({ delivered: 1, read: 1 }),
};
/** Forgetting what one does not follow is no refusal, and the same for every id. */
const ALWAYS_OK = new Set(['conversation:unwatch']);

describeColumns('walls between tenants on $column: matrix of routes and packets', (column) => {
  let world: ChatWorld;
  let prints: Fingerprints;
  let theirs: Ids;
  let secrets: readonly (string | undefined)[];
  let agent: Agent;
  const listening = new Map<string, Set<string>>();
  const heard: unknown[] = [];

  beforeAll(async () => {
    const { on, onAny } = ServerSocket.prototype;
    const hears = ({ nsp }: ServerSocket, name: string) =>
      listening.set(nsp.name, (listening.get(nsp.name) ?? new Set()).add(name));
    vi.spyOn(ServerSocket.prototype, 'on').mockImplementation(function (this: ServerSocket, name, listener) {
      hears(this, String(name));
      return on.call(this, name, listener);
    });
    vi.spyOn(ServerSocket.prototype, 'onAny').mockImplementation(function (this: ServerSocket, listener) {
      for (const name of packetsOf(this) ?? ['any packet']) hears(this, name);
      return onAny.call(this, listener);
    });
    world = await openWallWorld(column);
    const [, beta] = world.tenants;
    const { ids, visitor } = await talk(world, beta, 'open');
    const queued = await talk(world, beta, 'queued');
    const approval = await agreedApproval(world, beta, ids.subject!);
    theirs = {
      ...ids,
      approval,
      ...(await decided(world, beta, ids)),
      ...(await linked(world, beta, ids)),
      ...(await invited(world, beta)),
      ...(await signing(world, beta)),
      ...(await labelled(world, beta)),
      ...(await viewed(world, beta)),
      ...(await canned(world, beta)),
      ...(await team(world, beta)),
      ...(await hours(world, beta)),
      'scheduled-reply': (await scheduled(world, beta))['scheduled-reply']!,
      colleague: beta.members[2]!.id,
      'agent-session': await sessionOf(world, beta, 1),
      ...(await pictured(world, beta)),
    };
    const members = beta.members.map(({ id }) => id);
    secrets = [...Object.values(theirs), ...Object.values(queued.ids), beta.inboxId, ...members];
    // News of what the fixture did come with the journal: they are over before anybody listens.
    await world.platform.consumers.settle();
    for (const member of [0, 1, 2])
      (await world.agent({ tenant: beta, member })).socket.onAny((...it) => heard.push(it));
    for (const one of [visitor, queued.visitor]) one.socket.onAny((...it) => heard.push(it));
    agent = await world.agent({ member: 1 });
    prints = await openFingerprints(world.platform, () => world.app.get(ReadWatch).account());
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await prints?.close();
    await world?.close();
  });

  const member = (at: number | undefined): WorldMember => world.tenants[0].members[at ?? 1]!;
  /** A's own ids; only what the case needs is made. */
  const ours = async (resources: readonly string[], stage: Stage | undefined, who: number): Promise<Ids> => {
    const own =
      stage === undefined ? { tenant: world.tenants[0].id } : (await talk(world, world.tenants[0], stage)).ids;
    const named = { ...own, member: world.tenants[0].members[2]!.id };
    const needsSession = resources.includes('agent-session');
    return needsSession ? { ...named, 'agent-session': await sessionOf(world, world.tenants[0], who) } : named;
  };
  const state = async () => {
    const [alpha, beta] = world.tenants;
    const without = ['last_seen_at', 'seen_at'];
    const [theirs, ours] = await prints.ofEach([{ tenantId: beta.id }, { tenantId: alpha.id, without }]);
    return { theirs, ours };
  };
  const expectNothingOfB = (text: string): void => {
    expect(text).not.toMatch(MARK);
    expect(secrets.filter((secret) => secret === undefined || text.includes(secret))).toEqual([]);
  };
  const expectQuiet = async (before: Awaited<ReturnType<typeof state>>): Promise<void> => {
    expect(await state()).toEqual(before);
    expect(heard).toEqual([]);
  };
  const routeOf = (name: string) => routesOf(world).find(({ route }) => nameOf(route) === name)!;

  it('P-0211 every route has a case and every case a route', () => {
    const routes = routesOf(world).map(({ route }) => nameOf(route));
    expect([...Object.keys(ROUTE_CASES), ...VISITOR_DOORS].sort()).toEqual([...routes].sort());
    const doors = routesOf(world).flatMap(({ refs }) => refs.filter((ref) => VISITOR_DOORS.includes(nameOf(ref))));
    expect(doors).toEqual([]);
  });

  it('P-0211 every packet that a server listens to is in the list of packets, with its ids', () => {
    const heardIn = (namespace: string) =>
      [...listening.get(namespace)!].filter((name) => !['disconnect', 'error'].includes(name)).sort();
    expect(heardIn('/agent')).toEqual(Object.keys(AGENT_PACKET_REFS).sort());
    expect(heardIn('/widget')).toEqual(Object.keys(WIDGET_PACKET_REFS).sort());
    type Linked = { 'ticket:link': (packet: { readonly ticketId: string; readonly text: string }) => void };
    // @ts-expect-error an id of a packet that is not declared stops the type check
    const bad: PacketRefs<Linked>['ticket:link'] = {};
    expect(bad).toEqual({});
  });

  it.each(Object.keys(ROUTE_CASES))('P-0211 P-1005 %s with ids of another tenant', async (name) => {
    const { sent, ...written } = ROUTE_CASES[name]!;
    const extra = await sent?.(world, world.tenants[0]);
    const how: RouteCase = extra ? { ...written, body: (who) => ({ ...written.body?.(who), ...extra }) } : written;
    const { route, refs } = routeOf(name);
    const who = (await how.caller?.(world, world.tenants[0])) ?? member(how.member);
    const found = await ours(
      refs.map((ref) => ref.resource),
      how.stage,
      how.member ?? 1,
    );
    const own = { ...found, ...(await how.made?.(world, world.tenants[0], found)) };
    const base: RouteCall = { route, refs, how, values: valuesOf(refs, own), who };
    const call = (ref: RefEntry, value: unknown): Promise<Answer> =>
      callRoute(world, { ...base, values: { ...base.values, [positionOf(ref)]: value } });
    const before = await state();
    for (const ref of refs) {
      const foreign = await call(ref, theirs[ref.resource]);
      expect(foreign.status).toBeGreaterThanOrEqual(400);
      expect(foreign.status).toBeLessThan(500);
      expect(foreign).toEqual(await call(ref, newId()));
      expectNothingOfB(foreign.text);
    }
    // A route without ids has nothing to ask for but what follows.
    if (refs.length > 0) await expectQuiet(before);
    for (const ref of refs) {
      const forms = wrongForms(theirs[ref.resource]!).filter((form) => form !== null || ref.where !== 'body');
      const answers = await Promise.all(forms.map((form) => call(ref, form)));
      for (const [at, answer] of answers.entries()) {
        expect([answer.status >= 400 && answer.status < 500, forms[at]]).toEqual([true, forms[at]]);
        expectNothingOfB(answer.text);
      }
    }
    if (refs.length > 0) await expectQuiet(before);
    const twin = await callRoute(world, base);
    expect([twin.status, twin.code]).toEqual([how.ok, how.code]);
    expectNothingOfB(twin.text);
    expect(await prints.of(world.tenants[1].id)).toEqual(before.theirs);
    expect(heard).toEqual([]);
    if (how.endsSession) await expectEnded(base);
  });

  const expectEnded = async (call: RouteCall): Promise<void> => {
    expect((await callRoute(world, call)).code).toBe('http.sign-in-required');
  };

  it.each(Object.keys(AGENT_PACKET_REFS))('P-0211 P-1005 packet %s with ids of another tenant', async (name) => {
    const packet = name as keyof typeof AGENT_PACKET_REFS;
    const own = await ours([], 'open', 1);
    const refs = Object.entries<string>(AGENT_PACKET_REFS[packet]);
    const filled = Object.fromEntries(refs.map(([key, resource]) => [key, listed(key, own[resource])]));
    const send = (key: string, value: unknown) =>
      ask<object>(agent.socket, name, { ...PACKETS[packet](), ...filled, [key]: listed(key, value) });
    const before = await state();
    for (const [key, resource] of refs) {
      const foreign = await send(key, theirs[resource]);
      expect(foreign.ok).toBe(ALWAYS_OK.has(name));
      expect(foreign).toEqual(await send(key, newId()));
      if (!ALWAYS_OK.has(name)) expect(foreign).toEqual({ ok: false, code: `chat.${resource}-not-found` });
      for (const answer of await Promise.all(wrongForms(theirs[resource]!).map((form) => send(key, form)))) {
        expect(answer).toMatchObject({ ok: false });
        expectNothingOfB(JSON.stringify(answer));
      }
    }
    await expectQuiet(before);
    const twin = await ask<object>(agent.socket, name, { ...PACKETS[packet](), ...filled });
    expect(twin).toMatchObject({ ok: true });
    expectNothingOfB(JSON.stringify(twin));
    expect(await prints.of(world.tenants[1].id)).toEqual(before.theirs);
    expect(heard).toEqual([]);
  });

  it('P-1011 every route that is not declared public asks who calls', async () => {
    const open: string[] = [];
    for (const { route, refs } of routesOf(world)) {
      const how = ROUTE_CASES[nameOf(route)];
      if (!how) continue;
      const call = { route, refs, how, values: valuesOf(refs, theirs), who: member(1) };
      const tampered = member(1).cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      const codes: unknown[] = [];
      for (const cookie of [undefined, tampered, `${member(1).cookie.split('=')[0]}=x`]) {
        codes.push((await callRoute(world, { ...call, headers: { cookie } })).code);
      }
      if (route.access?.kind === 'public') open.push(nameOf(route));
      else expect([nameOf(route), ...codes]).toEqual([nameOf(route), ...Array(3).fill('http.sign-in-required')]);
    }
    expect(open).toEqual([
      'GET /api/v1/account/agreements',
      ...['codes', 'email-confirmations'].map((door) => `POST /api/v1/account/${door}`),
      ...['accept', 'decline', 'look'].map((door) => `POST /api/v1/account/invitations/${door}`),
      'GET /api/v1/account/options',
      ...['resets', 'resets/use'].map((door) => `POST /api/v1/account/${door}`),
      ...['sign-in', 'sign-in/code', 'sign-in/verify', 'sign-up'].map((door) => `POST /api/v1/account/${door}`),
      ...['GET /healthz', 'GET /metrics', 'GET /readyz'],
    ]);
  });

  it('P-0211 the sockets that heard nothing of another tenant do hear their own', async () => {
    await talk(world, world.tenants[1], 'open');
    await expect.poll(() => JSON.stringify(heard)).toMatch(MARK);
    heard.length = 0;
  });

  it('P-0211 the query gate is on: a statement without its tenant throws in this process', async () => {
    const { work, database } = world.platform;
    const [alpha, beta] = world.tenants;
    const within = new Set([alpha.id]);
    const run = (sql: string, params: readonly string[] = []) => work.upkeep(async (tx) => tx.all(sql, params), within);
    await expect(run('SELECT id FROM chat_inbox')).rejects.toMatchObject({ code: 'database.gate' });
    await expect(run('SELECT id FROM chat_inbox WHERE tenant_id = ?', [beta.id])).rejects.toMatchObject({
      code: 'database.gate',
    });
    expect(await run('SELECT id FROM chat_inbox WHERE tenant_id = ?', [alpha.id])).not.toEqual([]);
    const outside = async (): Promise<void> => {
      await database.reader.all('SELECT id FROM chat_inbox WHERE tenant_id = ?', [alpha.id]);
    };
    await expect(outside()).rejects.toThrow();
  });
});

/** A list of ids is sent with one in it. */
function listed(key: string, value: unknown): unknown {
  return key.endsWith('Ids') ? [value] : value;
}

function valuesOf(refs: readonly RefEntry[], ids: Ids): Record<string, unknown> {
  return Object.fromEntries(refs.map((ref) => [positionOf(ref), ids[ref.resource]]));
}
