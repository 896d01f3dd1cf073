import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRows, type StoredIn } from '../durability/stored-messages.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { must, openVisitor, until } from '../world/clients.js';
import { call, choose, hire, route, setDefaults, type Worker } from './routing-world.js';

const CAPACITY = 4;
const ARRIVING = 50;
const AGENTS = 5;
/** Machines that run everything at once are slow; nothing here is about how fast. */
const PATIENCE_MS = 40_000;

interface Act {
  readonly id: number;
  readonly kind: string;
  readonly conversation: string;
  readonly memberId: string | null;
  readonly load: number | null;
}

/** While `memberId` was away: journal rows after the answer to "busy" and before the wish to be online again. */
interface Away {
  readonly memberId: string;
  readonly from: number;
  to: number;
}

describeColumns('routing under races on $column', (column) => {
  let world: ChatWorld;
  const origins: string[] = [];
  beforeAll(async () => {
    world = await openChatWorld({ column });
    origins.push(world.origin);
    if (column === 'mariadb') origins.push((await world.beside()).origin);
  });
  let moving = false;
  let movers: readonly Promise<void>[] = [];
  afterAll(async () => {
    moving = false;
    await Promise.allSettled(movers);
    await world?.close();
  });

  const stored = (): StoredIn => {
    const { database } = world.platform.config;
    return database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
  };
  const at = (index: number): string => origins[index % origins.length]!;
  const owner = () => world.tenants[0].members[0]!;
  const acts = async (): Promise<Act[]> => {
    const rows = await readRows(
      stored(),
      "SELECT id, kind, resource, detail FROM event_journal WHERE kind IN ('chat.conversation-assigned.v1', " +
        "'chat.conversation-released.v1', 'chat.conversation-resolved.v1') ORDER BY id",
    );
    return rows.map(({ id, kind, resource, detail }) => {
      const { assigneeId = null, load = null } = JSON.parse(String(detail));
      const conversation = String(resource).slice('conversation:'.length);
      return { id: Number(id), kind: String(kind), conversation, memberId: assigneeId, load };
    });
  };
  const lastRow = async () => Number((await readRows(stored(), 'SELECT MAX(id) AS n FROM event_journal'))[0]!.n);
  const loads = async (): Promise<Map<string, number>> => {
    const rows = await readRows(
      stored(),
      "SELECT assignee_id, COUNT(*) AS n FROM chat_conversation WHERE state = 'open' GROUP BY assignee_id",
    );
    return new Map(rows.map(({ assignee_id: id, n }) => [String(id), Number(n)]));
  };
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, n) => all + n, 0);

  it('C8 50 conversations at once, 5 agents of capacity 4 who come and go: nobody beyond 4, each to exactly one', async () => {
    await setDefaults(at(0), owner(), { defaultCapacity: CAPACITY });
    await route(at(0), owner(), world.tenants[0].inboxId, { mode: 'round-robin' });
    const agents: Worker[] = [];
    for (let n = 0; n < AGENTS; n++) agents.push(await hire(world, world.tenants[0], `agent ${n}`));
    const visitors = await Promise.all(
      Array.from({ length: ARRIVING }, (_, n) => openVisitor(at(n), world.tenants[0].inboxKey, { agree: true })),
    );
    const away: Away[] = [];
    const allBusy = async () => sum(await loads()) === AGENTS * CAPACITY;
    const comeAndGo = async (agent: Worker, n: number): Promise<void> => {
      for (let turn = n; moving; turn++) {
        await choose(at(turn), agent, turn % 2 === 0 ? 'busy' : 'offline');
        const from = await lastRow();
        const gone: Away = { memberId: agent.id, from, to: from };
        await new Promise((resolve) => setTimeout(resolve, 20 + 15 * n));
        gone.to = await lastRow();
        away.push(gone);
        await choose(at(turn + 1), agent, 'online');
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    moving = true;
    movers = agents.map((agent, n) => comeAndGo(agent, n));
    await Promise.all(visitors.map(async (visitor, n) => must(await visitor.send(`question ${n}`))));
    await until(allBusy, PATIENCE_MS);

    // Places that become free are given once each, by whichever process is first.
    const held = await readRows(stored(), "SELECT id, assignee_id FROM chat_conversation WHERE state = 'open'");
    const done = held.filter((_, n) => n % 2 === 0);
    const cookies = new Map(agents.map((agent) => [agent.id, agent]));
    await Promise.all(
      done.map(({ id, assignee_id: memberId }, n) =>
        call(at(n), cookies.get(String(memberId))!, 'POST', `/conversations/${id}/resolve`),
      ),
    );
    moving = false;
    await Promise.all(movers);
    await until(allBusy, PATIENCE_MS);

    const found = await acts();
    const given = found.filter(({ kind }) => kind === 'chat.conversation-assigned.v1');
    expect(given).toHaveLength(AGENTS * CAPACITY + done.length);
    expect(new Set(given.map(({ conversation }) => conversation)).size).toBe(given.length);
    expect(Math.max(...given.map(({ load }) => load!))).toBe(CAPACITY - 1);
    expect(Math.max(...(await loads()).values())).toBe(CAPACITY);
    expect(highestLoads(found)).toEqual(agents.map(() => CAPACITY));
    for (const { memberId, from, to } of away) {
      const wrongly = given.filter((one) => one.memberId === memberId && one.id > from && one.id <= to);
      expect(wrongly).toEqual([]);
    }
    // Locks in one order: nothing was given up because two waited for each other.
    expect(world.lines.filter((line) => /routing-(failed|not-looked)|lines-not-noted/.test(line))).toEqual([]);
    for (const visitor of visitors) visitor.close();
  });
});

/** Most that each member had at once, by the order in which it was committed for them. */
function highestLoads(acts: readonly Act[]): readonly number[] {
  const holders = new Map<string, string>();
  const now = new Map<string, number>();
  const highest = new Map<string, number>();
  for (const { kind, conversation, memberId } of acts) {
    const before = holders.get(conversation);
    if (before !== undefined) now.set(before, now.get(before)! - 1);
    holders.delete(conversation);
    if (kind !== 'chat.conversation-assigned.v1' || memberId === null) continue;
    holders.set(conversation, memberId);
    now.set(memberId, (now.get(memberId) ?? 0) + 1);
    highest.set(memberId, Math.max(highest.get(memberId) ?? 0, now.get(memberId)!));
  }
  return [...highest.values()];
}
