import { type Permission, permissionsOf } from '@libs/auth';
import { AGENT_PACKET_REFS, type ConversationPage } from '@libs/contracts';
import type { RouteEntry } from '@libs/http';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReadWatch } from '../../apps/chat/src/stream/read-watch.js';
import type { ChatWorld } from '../world/chat-world.js';
import { type Agent, ask, newSender } from '../world/clients.js';
import { type Fingerprints, openFingerprints } from '../world/fingerprint.js';
import { type Answer, callRoute, nameOf, positionOf, routesOf } from './calls.js';
import { ROUTE_CASES } from './route-cases.js';
import { type Ids, openWallWorld, type Stage, sessionOf, talk } from './wall-world.js';

/** Members of the world. */
const [AGENT_1, AGENT_2, OFFICER] = [1, 2, 3];
/** What an agent may read of a conversation nobody has taken: that it is there, and since when there is consent. */
const HEADLINE = [
  'GET /api/v1/chat/conversations',
  'GET /api/v1/chat/conversations/:id',
  'POST /api/v1/chat/conversations/searches',
  'GET /api/v1/crm/contacts/by-subject/:subjectId',
  'GET /api/v1/crm/contacts/:id',
];
/** And what it may do with it. */
const TAKE = 'POST /api/v1/chat/conversations/:id/take';

/** The officer has no conversation; a contact is open to the officer, because whoever makes a request must be found. */
const OFFICER_OPENS = ['GET /api/v1/crm/contacts/:id', 'POST /api/v1/crm/contacts/:id/reveals'];

/** The officer's desk has no scope inside a tenant: it is open as a whole, or not at all. */
const DESK = '/api/v1/privacy/';

/** Everything a packet may carry; each packet takes its own fields. */
const FIELDS: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  'message:send': () => ({ sender: newSender(), number: 1, text: 'not mine' }),
  'note:add': () => ({ sender: newSender(), number: 1, text: 'not mine' }),
  sync: () => ({ after: 0 }),
  typing: () => ({ typing: true }),
  cursor: () => ({ delivered: 1, read: 1 }),
};

describeColumns('read scopes inside a tenant on $column: matrix of routes and packets', (column) => {
  let world: ChatWorld;
  let prints: Fingerprints;
  const byStage = {} as Record<Stage, Ids>;
  let agent2: Agent;

  beforeAll(async () => {
    world = await openWallWorld(column);
    const [alpha] = world.tenants;
    const others = { 'agent-session': await sessionOf(world, alpha, AGENT_1), member: alpha.members[AGENT_2]!.id };
    for (const stage of ['queued', 'open', 'snoozed', 'resolved'] as const) {
      byStage[stage] = { ...(await talk(world, alpha, stage, AGENT_1)).ids, ...others };
    }
    agent2 = await world.agent({ member: AGENT_2 });
    prints = await openFingerprints(world.platform, () => world.app.get(ReadWatch).account());
  });
  afterAll(async () => {
    await prints?.close();
    await world?.close();
  });

  const named = () =>
    routesOf(world)
      .filter(({ route }) => !route.route.startsWith(DESK))
      // A workspace is no part of itself: who names it has no scope to leave.
      .filter(({ refs }) => refs.some(({ resource }) => resource !== 'tenant'))
      .filter(({ route }) => ROUTE_CASES[nameOf(route)]?.member !== undefined);
  const call = (name: string, ids: Ids | undefined, member: number): Promise<Answer> => {
    const { route, refs } = named().find((one) => nameOf(one.route) === name)!;
    const values = Object.fromEntries(refs.map((ref) => [positionOf(ref), ids?.[ref.resource] ?? newId()]));
    const who = world.tenants[0].members[member]!;
    return callRoute(world, { route, refs, how: ROUTE_CASES[name]!, values, who });
  };
  const state = () => prints.of(world.tenants[0].id, ['last_seen_at']);

  it('P-0211 P-1006 what another agent has looks like nothing', async () => {
    const before = await state();
    for (const stage of ['open', 'snoozed', 'resolved'] as const) {
      for (const { route } of named()) {
        const answer = await call(nameOf(route), byStage[stage], AGENT_2);
        expect([nameOf(route), answer.status]).toEqual([nameOf(route), isRefusedTo(route, 'agent') ? 403 : 404]);
        expect(answer).toEqual(await call(nameOf(route), undefined, AGENT_2));
      }
    }
    expect(await state()).toEqual(before);
  });

  it('P-0211 P-1006 what nobody has is a headline without text until it is taken', async () => {
    const before = await state();
    for (const { route } of named()) {
      const name = nameOf(route);
      if (name === TAKE || HEADLINE.includes(name)) continue;
      const answer = await call(name, byStage.queued, AGENT_2);
      expect([name, answer.status]).toEqual([name, isRefusedTo(route, 'agent') ? 403 : 404]);
      expect(answer).toEqual(await call(name, undefined, AGENT_2));
    }
    for (const name of HEADLINE) {
      const headline = await call(name, byStage.queued, AGENT_2);
      expect(headline.status).toBe(200);
      expect(headline.text).not.toMatch(/preview|text/);
    }
    expect(await state()).toEqual(before);
  });

  it('P-0211 P-1006 lists hold what the reader may see and nothing else', async () => {
    const idsOf = ({ items }: ConversationPage) => items.map(({ id }) => id).sort();
    const { queued } = byStage;
    const all = Object.values(byStage)
      .map((ids) => ids.conversation!)
      .sort();
    for (const view of ['mine', 'unassigned', 'all']) {
      const page = await agent2.list(view);
      expect(idsOf(page)).toEqual(view === 'mine' ? [] : [queued.conversation]);
      expect(JSON.stringify(page)).not.toContain("visitor's text");
    }
    expect(idsOf(await (await world.agent({ member: AGENT_1 })).list('all'))).toEqual(all);
    expect(idsOf(await (await world.agent({ member: 0 })).list('all'))).toEqual(all);
  });

  it('P-0211 P-1006 every packet about another agent’s or nobody’s conversation is refused alike', async () => {
    const before = await state();
    for (const name of Object.keys(AGENT_PACKET_REFS)) {
      if (name === 'conversation:unwatch') continue;
      const send = (conversationId: string) =>
        ask<object>(agent2.socket, name, { conversationId, ...FIELDS[name]?.() });
      const nowhere = await send(newId());
      expect(nowhere).toEqual({ ok: false, code: 'chat.conversation-not-found' });
      for (const { conversation } of Object.values(byStage)) expect(await send(conversation!)).toEqual(nowhere);
    }
    expect(await state()).toEqual(before);
  });

  it('P-0211 P-1006 no text of another agent’s conversation reaches a socket', async () => {
    const heard: unknown[] = [];
    agent2.socket.onAny((...packet) => heard.push(packet));
    await talk(world, world.tenants[0], 'resolved', AGENT_1);
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    expect(new Set(heard.map((packet) => (packet as unknown[])[0]))).toEqual(new Set(['conversation']));
    expect(JSON.stringify(heard)).not.toMatch(/text|note/);
  });

  it('P-1006 the privacy officer reads no conversation, by no door', async () => {
    const before = await state();
    for (const { route } of named()) {
      const name = nameOf(route);
      if (OFFICER_OPENS.includes(name)) continue;
      for (const ids of [byStage.queued, byStage.open, byStage.resolved, undefined]) {
        const answer = await call(name, ids, OFFICER);
        const expected = isRefusedTo(route, 'privacy-officer') ? [403, 'http.permission-missing'] : [404, answer.code];
        expect([name, answer.status, answer.code]).toEqual([name, ...expected]);
      }
    }
    await expect(world.agent({ member: OFFICER })).rejects.toThrow('http.permission-missing');
    expect(await state()).toEqual(before);
  });

  it('P-1006 the desk is closed to agents, whatever they name', async () => {
    const before = await state();
    for (const { route, refs } of routesOf(world).filter((one) => one.route.route.startsWith(DESK))) {
      const values = Object.fromEntries(refs.map((ref) => [positionOf(ref), byStage.open[ref.resource] ?? newId()]));
      const who = world.tenants[0].members[AGENT_1]!;
      const answer = await callRoute(world, { route, refs, how: ROUTE_CASES[nameOf(route)]!, values, who });
      expect([nameOf(route), answer.status, answer.code]).toEqual([nameOf(route), 403, 'http.permission-missing']);
    }
    expect(await state()).toEqual(before);
  });

  it('P-1006 the same calls succeed for whom they are', async () => {
    const [alpha] = world.tenants;
    for (const { route } of named().filter((one) => !isRefusedTo(one.route, 'agent'))) {
      const how = ROUTE_CASES[nameOf(route)]!;
      const session = { 'agent-session': await sessionOf(world, alpha, AGENT_1) };
      const talked = how.stage ? (await talk(world, alpha, how.stage, AGENT_1)).ids : session;
      const own = { ...talked, member: alpha.members[AGENT_2]!.id };
      const ids = { ...own, ...(await how.made?.(world, alpha, own)) };
      expect([nameOf(route), (await call(nameOf(route), ids, AGENT_1)).status]).toEqual([nameOf(route), how.ok]);
    }
  });
});

function isRefusedTo({ access }: RouteEntry, role: string): boolean {
  return access?.kind === 'permission' && !permissionsOf(role).has(access.permission as Permission);
}
