import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@libs/config';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { openPlatform, type Platform } from '@libs/platform';
import { describeColumn, openTestPlatform, type TestPlatform, testStores } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FollowingAgent, signIn } from '../durability/following-agent.js';
import { NumberedVisitor } from '../durability/numbered-visitor.js';
import { type ProductProcess, productProcess } from '../durability/product-process.js';
import { countStored, readRows } from '../durability/stored-messages.js';
import { freePort } from '../servers/index.mjs';
import { until } from '../world/clients.js';

const EACH = 150;

describeColumn('mariadb', 'two processes on one MariaDB', () => {
  describe('the built product, twice', () => {
    let stores: Awaited<ReturnType<typeof testStores>>;
    const processes: ProductProcess[] = [];
    beforeAll(async () => {
      stores = await testStores('mariadb', { CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '1' });
      for (const name of ['first', 'second']) {
        const outputFile = join(stores.home, `output-${name}.log`);
        const started = productProcess({ env: stores.env, outputFile, port: await freePort() });
        processes.push(started);
        await started.start();
      }
    });
    afterAll(async () => {
      await Promise.all(processes.map((one) => one.kill9()));
      await stores?.drop();
    });

    it('parallel sends into one conversation from both: numbers without gaps, journal placed once', async () => {
      const [first, second] = processes as [ProductProcess, ProductProcess];
      const seed = JSON.parse(readFileSync(join(stores.home, 'bench.json'), 'utf8'));
      const place = { inboxKey: seed.inboxKey as string, pageOrigin: seed.origin as string };
      const here = new NumberedVisitor({ url: first.url, ...place }, 'here');
      await here.send(1);
      const there = new NumberedVisitor({ url: second.url, ...place }, 'there', here.visitorToken);
      await there.connect();
      await Promise.all([inBursts(here, EACH), inBursts(there, EACH)]);

      const { identifier, password } = seed.agents[0];
      const agent = new FollowingAgent(second.url, await signIn(second.url, identifier, password));
      await agent.connect();
      const [conversationId] = await agent.list('unassigned');
      await agent.take(conversationId!);
      await agent.follow(conversationId!);
      const stored = { url: stores.env.CUSTODIA_DATABASE_URL! };
      const total = 2 * EACH + 1;
      expect(await countStored(stored)).toMatchObject({ messages: total, sends: total, conversations: 1, withGaps: 0 });
      const { entries } = agent.streams.get(conversationId!)!;
      expect(entries.map(({ revision }) => revision)).toEqual(entries.map((_, index) => index + 1));
      const texts = agent.messages(conversationId!);
      for (const visitor of [here, there]) {
        const own = texts.filter((text) => text.startsWith(`${visitor.name}#`));
        expect(own).toEqual(visitor.acknowledged.map(({ text }) => text));
      }
      expect(texts.slice(0, -1).some((text, index) => text.split('#')[0] !== texts[index + 1]!.split('#')[0])).toBe(
        true,
      );
      let placed: Record<string, unknown> = {};
      await until(async () => {
        [placed = {}] = await readRows(stored, POSITIONS);
        return Number(placed.placed) === Number(placed.total);
      });
      expect(Number(placed.distinct_places)).toBe(Number(placed.total));
      expect(Number(placed.highest)).toBe(Number(placed.total));
      for (const one of [here, there, agent]) one.close();
    });
  });

  describe('two platforms in this process', () => {
    let world: TestPlatform;
    let other: Platform;
    beforeAll(async () => {
      world = await openTestPlatform({ column: 'mariadb' });
      const { destination } = logLines();
      const log = createLogger({ log: { level: 'info' } }, { destination });
      other = await openPlatform({ config: loadConfig(world.env), log, migrations: [], gate: true });
    });
    afterAll(async () => {
      await other?.close();
      await world?.close();
    });

    it('an invalidation announced by one is applied in the other within 5 s', async () => {
      const ref = newId();
      const heard: string[] = [];
      other.feed.onRow((row) => heard.push(`${row.kind} ${row.tenantId} ${row.ref}`));
      const { work } = world.platform;
      const tenantId = world.tenants[0];
      await work.upkeep((tx) => announce(tx, { kind: 'session', tenantId, ref }), new Set([tenantId]));
      await until(() => heard.includes(`session ${tenantId} ${ref}`));
    });

    it('a fence closed by one refuses a write in the other at once', async () => {
      const tenantId = world.tenants[0];
      const subjectId = newId();
      const write = (platform: Platform, create = false): Promise<void> =>
        platform.committer.submit({
          tenantId,
          actor: { kind: 'system', id: 'test' },
          purpose: 'security',
          correlationId: newId(),
          steps: [platform.subjects.step(create ? { subjectId, create: 'visitor' } : { subjectId })],
          journal: [
            { kind: 'test.wrote.v1', subjectId, resource: `subject:${subjectId}`, fields: 'id', commitment: null },
          ],
        });
      await write(other, true);
      await write(other);
      await world.platform.work.upkeep(
        async (tx) =>
          tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [
            tenantId,
            subjectId,
          ]),
        new Set([tenantId]),
      );
      await expect(write(other)).rejects.toMatchObject({ code: 'privacy.subject-closed' });
    });
  });
});

const POSITIONS =
  'SELECT COUNT(*) AS total, COUNT(position) AS placed, COUNT(DISTINCT position) AS distinct_places, ' +
  'MAX(position) AS highest FROM event_journal';

async function inBursts(visitor: NumberedVisitor, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 5) await visitor.send(5);
}
