import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VisitorSynced } from '@libs/contracts';
import { announce } from '@libs/events';
import { describeColumn } from '@libs/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RelayWay, StreamRelay } from '../../apps/chat/src/relay/stream-relay.js';
import { type ServerInstance, startRedis } from '../servers/index.mjs';
import { type BesideProcess, type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, openAgent, openVisitor, until, type Visitor } from '../world/clients.js';

const WORDS = '只有本人知道的话';
const NAME = '王敏的名字';

describeColumn('mariadb', 'two processes of chat, MariaDB and Redis', () => {
  let redis: ServerInstance;
  let world: ChatWorld;
  let there: BesideProcess;
  let visitor: Visitor;
  let agent: Agent;
  let conversationId: string;
  const heard: string[] = [];
  let stopListening: (() => void) | undefined;

  const relayed = (where: Pick<BesideProcess, 'app'>): Record<RelayWay, number> => ({
    ...where.app.get(StreamRelay, { strict: false }).relayed,
  });
  const sender = newSender();
  let sent = 0;
  const answer = async (text: string): Promise<void> => {
    sent += 1;
    must(await ask(agent.socket, 'message:send', { conversationId, sender, number: sent, text }));
  };
  /** Says and answers until both have heard something. */
  const talk = async (round: string, count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      must(await visitor.send(`${WORDS} ${round}-${n}`));
      await answer(`${NAME} ${round}-${n}`);
    }
  };
  /** Each side has its stream without a gap up to its end; nothing came twice. */
  const complete = async (): Promise<void> => {
    const end = must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: 0, limit: 200 }));
    const replies = end.items.filter(({ from }) => from === 'agent').map(({ seq }) => seq);
    await until(() => replied(visitor).length >= replies.length);
    expect(replied(visitor)).toEqual(replies);
    // The first message came before the agent took the conversation.
    await until(() => agent.items.filter(({ kind }) => kind === 'message').length >= end.items.length - 1);
    const revisions = agent.items.map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.map((_, index) => 2 + index));
  };

  beforeAll(async () => {
    redis = await startRedis();
    stopListening = await monitor(redis.url, heard);
    world = await openChatWorld({ column: 'mariadb', env: { CUSTODIA_REDIS_URL: redis.url } });
    there = await world.beside();
    visitor = await world.visitor();
    must(await visitor.send(`${WORDS} 0`));
    agent = await openAgent(there.origin, world.tenants[0].members[1]!.cookie);
    conversationId = (await agent.list('unassigned')).items[0]!.id;
    expect((await agent.take(conversationId)).status).toBe(200);
    // Both lines stand once something has come by them.
    await until(async () => {
      await talk('warm', 1);
      return relayed(world)['wake-up'] > 0 && relayed(there)['wake-up'] > 0;
    });
  });
  afterAll(async () => {
    stopListening?.();
    for (const one of [visitor, agent]) one?.close();
    await world?.close();
    await redis?.stop();
  });

  it('F-0301 a visitor here and an agent there hear each other at once: Redis wakes, the rows tell', async () => {
    const before = [relayed(world), relayed(there)];
    // An own commit, or the look of each second, may be earlier than a wake-up: how often is a matter of the machine.
    await until(async () => {
      await talk('woken', 5);
      return [relayed(world), relayed(there)].every((now, index) => now['wake-up'] >= before[index]!['wake-up'] + 10);
    });
    await complete();
  });

  it('F-0301 who types, and how far the other side has read, is seen there as well', async () => {
    const seen: unknown[] = [];
    for (const packet of ['typing', 'cursor'] as const) {
      agent.socket.on(packet, (body: object) => seen.push({ packet, ...body }));
      visitor.socket.on(packet, (body: object) => seen.push({ packet, ...body }));
    }
    visitor.socket.emit('typing', { typing: true });
    visitor.socket.emit('cursor', { delivered: 2, read: 2 });
    agent.socket.emit('typing', { conversationId, typing: true });
    agent.socket.emit('cursor', { conversationId, delivered: 1, read: 1 });
    await expect
      .poll(() => seen)
      .toEqual(
        expect.arrayContaining([
          { packet: 'typing', conversationId, typing: true, name: null },
          { packet: 'typing', typing: true },
          { packet: 'cursor', conversationId, delivered: 2, read: 2 },
          { packet: 'cursor', delivered: 1, read: 1 },
        ]),
      );
  });

  it('C6 what one process takes back the other knows at once: Redis carries the word, not the reason', async () => {
    const feeds = () => heard.filter((line) => line.includes('"kind":"feed"') || line.includes('\\"feed\\"')).length;
    const before = feeds();
    const other = await openAgent(there.origin, world.tenants[0].members[2]!.cookie);
    const over = new Promise((resolve) => other.socket.once('disconnect', resolve));
    const { work } = world.platform;
    const { id: ref } = world.tenants[0].members[2]!;
    const tenantId = world.tenants[0].id;
    const scope = { tenantId, actor: { kind: 'system', id: 'test' }, purpose: 'security', correlationId: ref } as const;
    await work.run(scope, async ({ tx, record }) => {
      await tx.run('UPDATE auth_session SET revoked_at = ? WHERE tenant_id = ? AND member_id = ?', [1, tenantId, ref]);
      await announce(tx, { kind: 'session', tenantId, ref });
      record({ kind: 'test.ended.v1', subjectId: null, resource: `member:${ref}`, fields: 'state', commitment: null });
    });
    await over;
    await until(() => feeds() > before);
  });

  it('F-0301 P-1904 Redis goes, both go on by looking into the journal; it comes back, nothing is missing', async () => {
    stopListening?.();
    await redis.stop();
    const lost = () => world.lines.filter((line) => line.includes('event.wake-up-lost')).length;
    await until(() => lost() >= 2);
    const before = [relayed(world), relayed(there)];
    await talk('alone', 5);
    await complete();
    const between = [relayed(world), relayed(there)];
    for (const [index, counts] of between.entries()) {
      expect(counts['wake-up']).toBe(before[index]!['wake-up']);
      expect(counts.journal + counts.gap).toBeGreaterThan(before[index]!.journal + before[index]!.gap);
    }
    // Two processes, one line each, however often they tried.
    expect(lost()).toBe(2);
    redis = await startRedis({ url: redis.url });
    await until(() => world.lines.filter((line) => line.includes('event.wake-up-back')).length >= 2);
    stopListening = await monitor(redis.url, heard);
    await talk('again', 5);
    await complete();
    for (const [index, where] of [world, there].entries()) {
      await until(() => relayed(where)['wake-up'] > between[index]!['wake-up']);
    }
  });

  it('F-0310 a visitor who comes back to the other process has the whole stream, and goes on there', async () => {
    const { token } = visitor;
    visitor.close();
    await answer(`${NAME} unseen`);
    visitor = await openVisitor(there.origin, world.tenants[0].inboxKey, { token, agree: false });
    const page = must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: 0, limit: 200 }));
    expect(page.items.map(({ seq }) => seq)).toEqual(page.items.map((_, index) => index + 1));
    expect(page.items.at(-1)!.text).toBe(`${NAME} unseen`);
    must(await visitor.send(`${WORDS} there`));
    await answer(`${NAME} there`);
    // What was answered unseen may be told once more by the line.
    const since = () => replied(visitor).filter((seq) => seq > page.upTo);
    await until(() => since().length > 0);
    expect(since()).toEqual([page.upTo + 2]);
  });

  it('P-1904 P-1002 Redis was told ids and numbers: no byte of a text or a name passed it or stayed in it', async () => {
    expect(heard.filter((line) => line.includes('publish')).length).toBeGreaterThan(20);
    expect(heard.some((line) => line.includes(conversationId))).toBe(true);
    const client = new Redis(redis.url);
    expect(await client.keys('*')).toEqual([]);
    client.disconnect();
    const kept = readdirSync(redis.dataDir, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const text of [...heard, ...kept]) {
      for (const needle of [WORDS, NAME, 'alpha 1', 'example', visitor.token!]) expect(text).not.toContain(needle);
      expect(text).not.toContain(Buffer.from(WORDS).toString('base64').slice(0, 20));
    }
  });
});

/** What came from agents: the visitor's own entries are known by their acknowledgement. */
function replied({ items }: Visitor): number[] {
  return items.filter(({ from }) => from === 'agent').map(({ seq }) => seq);
}

/** Writes down every command that this Redis gets. */
async function monitor(url: string, lines: string[]): Promise<() => void> {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => null });
  const watching = await client.monitor();
  watching.on('monitor', (_time: string, args: readonly string[]) => lines.push(JSON.stringify(args)));
  watching.on('error', () => undefined);
  client.on('error', () => undefined);
  return () => {
    watching.disconnect();
    client.disconnect();
  };
}
