import type { LiveBoard } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hire } from '../accounts/account-caller.js';
import { readRows, type StoredIn } from '../durability/stored-messages.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, must, until } from '../world/clients.js';
import { choose } from './routing-world.js';

describeColumns('what goes on now, on $column', (column) => {
  let world: ChatWorld;
  let supervisor: Agent;
  let agent: Agent;
  /** Signs of the line that the board lives by, in their order. */
  const signs: string[] = [];
  beforeAll(async () => {
    world = await openChatWorld({ column });
    supervisor = await (await hire(world, 'supervisor')).open();
    agent = await world.agent({ member: 1 });
    supervisor.socket.on('conversation', ({ conversationId }) => signs.push(conversationId));
    supervisor.socket.on('availability', ({ memberId }) => signs.push(memberId));
  });
  afterAll(() => {
    supervisor?.close();
    agent?.close();
    return world?.close();
  });

  const board = async (who = supervisor) => (await who.get<LiveBoard>('/reports/live')).body;
  const agentId = () => world.tenants[0].members[1]!.id;
  const stored = (): StoredIn => {
    const { database } = world.platform.config;
    return database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
  };
  const ids = async () => (await readRows(stored(), 'SELECT id FROM chat_conversation')).map(({ id }) => String(id));
  /** Somebody writes; the conversation that begins. */
  const ask = async (): Promise<string> => {
    const before = new Set(await ids());
    const visitor = await world.visitor();
    must(await visitor.send('a secret of the visitor'));
    return (await ids()).find((id) => !before.has(id))!;
  };
  const act = async (id: string, verb: string, body: object = {}): Promise<void> => {
    const answer = await supervisor.post<{ code?: string }>(`/conversations/${id}/${verb}`, body);
    expect([verb, answer.status, answer.body.code]).toEqual([verb, 200, undefined]);
  };
  /**
   * What the board says when the sign of an act has come. That the sign comes with the act is shown by order: whatever
   * is begun after the act has its own sign later.
   */
  const afterSign = async (id: string, happens: () => Promise<unknown>): Promise<LiveBoard> => {
    const from = signs.length;
    await happens();
    const later = await ask();
    await until(() => signs.indexOf(later, from) >= 0);
    expect(signs.slice(from, signs.indexOf(later, from))).toContain(id);
    const seen = await board();
    await act(later, 'resolve');
    return seen;
  };

  it('F-0303 who waits, since when, who is there and how full: one look, no visitor in it', async () => {
    const before = await board();
    expect(before).toMatchObject({ waiting: 0, waitingSince: null, open: 0 });
    const first = await ask();
    const second = await ask();
    const { body } = await supervisor.get<LiveBoard>('/reports/live');
    const [queue] = body.queues;
    expect(body).toMatchObject({ waiting: 2, open: 0, queues: [{ inboxId: world.tenants[0].inboxId, waiting: 2 }] });
    expect([queue!.waitingSince, body.waitingSince! <= body.at]).toEqual([body.waitingSince, true]);
    const people = await readRows(stored(), 'SELECT subject_id FROM chat_conversation');
    for (const word of ['secret', first, second, ...people.map((row) => String(row.subject_id))]) {
      expect(JSON.stringify(body)).not.toContain(word);
    }
    await act(first, 'assign', { to: agentId(), from: null });
    const taken = await board();
    expect(taken).toMatchObject({ waiting: 1, open: 1 });
    expect(taken.waitingSince).toBeGreaterThanOrEqual(body.waitingSince!);
    expect(taken.members.find(({ id }) => id === agentId())).toMatchObject({ open: 1, capacity: 5 });
    for (const id of [first, second]) await act(id, 'resolve');
    expect(await board()).toMatchObject({ waiting: 0, waitingSince: null, open: 0 });
  });

  it('F-0303 assigned, taken away, somebody goes busy: the sign comes with the act, and the next look has it', async () => {
    const id = await ask();
    const other = world.tenants[0].members[2]!.id;
    const loads = ({ members }: LiveBoard) =>
      [agentId(), other].map((one) => members.find(({ id: member }) => member === one)!.open);
    const assigned = await afterSign(id, () => act(id, 'assign', { to: agentId(), from: null }));
    // The one that came after the act waits; the one that was assigned does not.
    expect([assigned.waiting, assigned.open, loads(assigned)]).toEqual([1, 1, [1, 0]]);
    const moved = await afterSign(id, () => act(id, 'assign', { to: other, from: agentId() }));
    expect([moved.waiting, moved.open, loads(moved)]).toEqual([1, 1, [0, 1]]);
    const released = await afterSign(id, () => act(id, 'release', { from: other }));
    expect([released.waiting, released.open, loads(released)]).toEqual([2, 0, [0, 0]]);
    const busy = await afterSign(agentId(), () =>
      choose(world.origin, { id: agentId(), cookie: agent.cookie }, 'busy'),
    );
    expect(busy.members.find(({ id: member }) => member === agentId())?.availability).toBe('busy');
    await act(id, 'resolve');
  });

  it('F-0303 an agent and the privacy officer have no board; another workspace has its own', async () => {
    await ask();
    for (const member of [1, 3]) {
      const { cookie } = world.tenants[0].members[member]!;
      const refused = await fetch(`${world.origin}/api/v1/chat/reports/live`, { headers: { cookie } });
      expect(refused.status).toBe(403);
    }
    const stranger = await world.agent({ tenant: world.tenants[1], member: 0 });
    const theirs = await board(stranger);
    expect(theirs).toMatchObject({ waiting: 0, open: 0, queues: [{ inboxId: world.tenants[1].inboxId, waiting: 0 }] });
    const ours = new Set([...world.tenants[0].members.map(({ id }) => id), world.tenants[0].inboxId]);
    for (const id of ours) expect(JSON.stringify(theirs)).not.toContain(id);
    stranger.close();
  });
});
