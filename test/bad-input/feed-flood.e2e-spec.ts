import { setTimeout as sleep } from 'node:timers/promises';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumn, describeColumns } from '@libs/testing';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { must, until } from '../world/clients.js';

/** Requests of one member that are under way at any moment. */
const AT_ONCE = 20;

/** One member asks for the list again and again; `ended` holds every status, in order, until `stop`. */
function flood(world: ChatWorld) {
  const ended: string[] = [];
  let over = false;
  const { cookie } = world.tenants[0].members[0]!;
  const ask = async (): Promise<void> => {
    while (!over) {
      const response = await fetch(`${world.origin}/api/v1/chat/conversations?view=all`, { headers: { cookie } });
      const { code } = (await response.json()) as { readonly code?: string };
      ended.push(code ?? String(response.status));
    }
  };
  const asking = Promise.all(Array.from({ length: AT_ONCE }, ask));
  const stop = async (): Promise<void> => {
    over = true;
    await asking;
  };
  return { ended, stop };
}

describeColumns('the feed under a flood on $column', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    for (let n = 0; n < 5; n++) must(await (await world.visitor()).send(`question ${n}`));
  });
  afterAll(() => world?.close());

  it('C6 a flood without end of one member does not keep the process from hearing what is withdrawn', async () => {
    const { feed, work } = world.platform;
    const [{ id: tenantId }] = world.tenants;
    const heard = new Set<string>();
    feed.onRow(({ ref }) => heard.add(ref));
    const { ended, stop } = flood(world);
    for (let turn = 1; turn <= 3; turn++) {
      // The flood goes on until the feed has read: were it kept waiting, this would not come to an end.
      await until(() => ended.length >= turn * AT_ONCE, 100_000);
      const ref = newId();
      await work.upkeep((tx) => announce(tx, { kind: 'origin', tenantId, ref }), new Set([tenantId]));
      await feed.poll();
      expect(heard).toContain(ref);
    }
    await stop();
    // Nobody is refused for good: as soon as the feed has read, the process knows what was withdrawn.
    await feed.poll();
    expect(feed.fresh).toBe(true);
    expect(ended.every((one) => one === '200' || one === 'event.feed-stale')).toBe(true);
    expect((await (await world.agent({ member: 1 })).list('all')).items.length).toBeGreaterThan(0);
  });
});

describeColumn('mariadb', 'the feed where many share the connections', () => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column: 'mariadb' });
  });
  afterAll(() => world?.close());

  it('C6 the feed does not stand in line with the readers', async () => {
    const { database, feed } = world.platform;
    const context = {
      tenantId: world.tenants[0].id,
      actor: { kind: 'system', id: 'test' },
      correlationId: 't',
    } as const;
    const [lock, holder] = [newId(), await createConnection(process.env.TEST_MARIADB_URL!)];
    await holder.query('SELECT GET_LOCK(?, 0)', [lock]);
    let read = 0;
    const readers = runInTenant(context, () =>
      Promise.all(
        Array.from({ length: 24 }, async () => {
          await database.reader.all('SELECT GET_LOCK(?, 60) AS got, RELEASE_LOCK(?) AS given', [lock, lock]);
          read += 1;
        }),
      ),
    );
    // There are eight connections, and none comes back before the lock is given: behind them the feed would not read.
    const polled = await Promise.race([feed.poll().then(() => true), sleep(20_000, false)]);
    expect([polled, read]).toEqual([true, 0]);
    await holder.query('SELECT RELEASE_LOCK(?)', [lock]);
    await holder.end();
    await readers;
    expect(read).toBe(24);
  });
});
