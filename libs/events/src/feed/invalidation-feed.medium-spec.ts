import type { Database } from '@libs/database';
import { newId } from '@libs/kernel';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Wake } from '../wake/wake-up.js';
import { announce, InvalidationFeed } from './invalidation-feed.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

describeColumns('the invalidation feed on $column', (column) => {
  let world: TestPlatform;
  beforeAll(async () => {
    // A process whose clock is an hour slow.
    world = await openTestPlatform({ column, clock: { now: () => Date.now() - HOUR_MS } });
  });
  afterAll(() => world?.close());

  const announced = (ref: string): Promise<void> => {
    const [tenantId] = world.tenants;
    return world.platform.work.upkeep((tx) => announce(tx, { kind: 'origin', tenantId, ref }), new Set([tenantId]));
  };
  const heardBy = (feed: InvalidationFeed): readonly string[] => {
    const heard: string[] = [];
    feed.onRow(({ ref }) => heard.push(ref));
    return heard;
  };

  it('C6 a row has the time of the database, whatever the process takes for the time', async () => {
    const feed = new InvalidationFeed(world.platform.database);
    const heard = heardBy(feed);
    const ref = newId();
    const before = await world.platform.database.databaseNow();
    await announced(ref);
    const after = await world.platform.database.databaseNow();
    await feed.poll();
    expect(heard).toContain(ref);
    const [tenantId] = world.tenants;
    const asked = 'SELECT at FROM event_invalidation WHERE tenant_id = ? AND ref = ?';
    const [row] = await world.platform.work.upkeep(
      async (tx) => tx.all<{ at: number | string }>(asked, [tenantId, ref]),
      new Set([tenantId]),
    );
    // A thousandth is lost where a day is counted in fractions.
    expect(Number(row!.at)).toBeGreaterThanOrEqual(before - 1);
    expect(Number(row!.at)).toBeLessThanOrEqual(after + 1);
  });

  it('C6 upkeep that announced wakes the other processes after its commit, other upkeep does not', async () => {
    const { work, wakeUp, feed } = world.platform;
    const tell = vi.spyOn(wakeUp, 'tell');
    const told = (): readonly Wake['kind'][] => tell.mock.calls.map(([wake]) => wake.kind);
    await work.upkeep(async () => undefined);
    expect(told()).toEqual([]);
    const [tenantId] = world.tenants;
    const undone = work.upkeep(
      async (tx) => {
        await announce(tx, { kind: 'origin', tenantId, ref: newId() });
        throw new Error('undone');
      },
      new Set([tenantId]),
    );
    await expect(undone).rejects.toThrow('undone');
    expect(told()).toEqual([]);
    const ref = newId();
    const heard = heardBy(feed);
    tell.mockImplementation(() => undefined);
    await announced(ref);
    expect(told()).toContain('feed');
    await feed.poll();
    expect(heard).toContain(ref);
    tell.mockRestore();
  });

  it('C6 who was halted or cut off for minutes hears, once, of all that was announced meanwhile', async () => {
    const { database, work } = world.platform;
    let halted = true;
    const feed = new InvalidationFeed({
      reader: database.reader,
      databaseNow: async () => (await database.databaseNow()) - (halted ? 5 * MINUTE_MS : 0),
    });
    await feed.poll();
    const [ref, [tenantId]] = [newId(), world.tenants];
    await announced(ref);
    await work.upkeep(
      async (tx) => {
        const old = (await database.databaseNow()) - 3 * MINUTE_MS;
        await tx.run('UPDATE event_invalidation SET at = ? WHERE tenant_id = ? AND ref = ?', [old, tenantId, ref]);
      },
      new Set([tenantId]),
    );
    const heard = heardBy(feed);
    halted = false;
    await feed.poll();
    await feed.poll();
    expect(heard.filter((one) => one === ref)).toEqual([ref]);
  });

  it('C6 whoever announced reads it, though a read that began before is still under way', async () => {
    const { database } = world.platform;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let reads = 0;
    const slow: Pick<Database, 'databaseNow' | 'reader'> = {
      databaseNow: () => database.databaseNow(),
      reader: {
        dialect: database.dialect,
        all: async <R extends object>(sql: string, params: readonly never[]): Promise<R[]> => {
          const rows = await database.reader.all<R>(sql, params);
          reads += 1;
          if (reads === 1) await held;
          return rows;
        },
      } as Database['reader'],
    };
    const feed = new InvalidationFeed(slow as Database);
    const heard = heardBy(feed);
    const early = feed.poll();
    await vi.waitFor(() => expect(reads).toBe(1), 20_000);
    const ref = newId();
    await announced(ref);
    const polls = [feed.poll(), feed.poll()];
    letGo();
    await Promise.all([early, ...polls]);
    expect(heard).toContain(ref);
    expect(reads).toBe(2);
  });
});
