import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FEED_LIMIT_MS } from '@libs/events';
import { describeColumn, describeColumns, describeWhere } from '@libs/testing';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../servers/index.mjs';
import { until } from '../world/clients.js';
import { CrashRun } from './crash-run.js';
import { type CrashStores, openCrashStores } from './crash-stores.js';
import { FullMariadb, SMALL_DISK } from './full-mariadb.js';
import { type ProductProcess, productProcess } from './product-process.js';
import { seededRandom } from './seeded-random.js';

const VISITORS = 20;
const KILLS = 5;
/** It looks for room once a minute. */
const MARIADB_LOOKS_MS = 150_000;

/** Its minute passes while others are killed. */
let full: FullMariadb | undefined;
afterAll(() => full?.drop());

describeColumn('mariadb', 'a MariaDB whose own disk is full', () => {
  describeWhere(SMALL_DISK, 'waits for room, and nobody waits with it', () => {
    it('503 with a stable code instead of silence, reads go on, readiness says it', async () => {
      full = await FullMariadb.open();
      const { visitor, newcomer } = full;
      expect(await full.readiness()).toBe('ready');
      const [conversation] = (await full.list()).ids;
      full.fill();
      let refused = '';
      // Some blocks of its files are still its own: it goes on until it needs a new one.
      await until(async () => {
        const answer = await visitor.offerNext();
        if (!answer.ok) refused = answer.code;
        return refused !== '';
      });
      expect(refused).toMatch(/^database\.(stalled|outcome-unknown|disk)$/);
      expect(await full.readiness()).toBe('database');
      // From now on nobody waits: what is owed has not been answered.
      expect(await visitor.offerNext()).toMatchObject({ ok: false, code: 'database.stalled' });
      expect(await newcomer.offerNext()).toMatchObject({ ok: false, code: 'database.stalled' });
      expect(await full.take(conversation!)).toEqual([503, 'database.stalled']);
      expect((await full.list()).status).toBe(200);
      full.clear();
    }, 300_000);
  });
});

describeColumns('kill -9 under load on $column with the built product', (column) => {
  let stores: CrashStores;
  let product: ProductProcess;
  let run: CrashRun | undefined;
  beforeAll(async () => {
    stores = await openCrashStores(column);
    const port = await freePort();
    product = productProcess({ env: stores.env, outputFile: join(stores.home, 'output.log'), port });
    await product.start();
    const random = seededRandom(`kill -9 on ${column}`, 20_260_301);
    run = await CrashRun.open({ product, home: stores.home, stored: stores.stored, random, visitors: VISITORS });
  });
  afterAll(async () => {
    run?.close();
    await product?.kill9();
    await stores?.drop();
  });

  it(`the product is killed ${KILLS} times`, async () => {
    await run!.crash(KILLS, async () => {
      await product.kill9();
      await product.start();
    });
  }, 180_000);

  if (column === 'mariadb') {
    it(`MariaDB is killed ${KILLS} times while the product lives`, async () => {
      const { pid } = product;
      await run!.crash(KILLS, async () => {
        await stores.mariadb!.kill9();
        await stores.mariadb!.start();
      });
      expect(product.pid).toBe(pid);
    }, 180_000);

    it('MariaDB stays away for longer than the product may go without knowing what was withdrawn', async () => {
      const { pid } = product;
      await run!.crash(1, async () => {
        await stores.mariadb!.kill9();
        await sleep(FEED_LIMIT_MS + 1500);
        await stores.mariadb!.start();
      });
      expect(product.pid).toBe(pid);
    }, 180_000);
  }

  it('F-0301 every acknowledged message is stored once, in order, and reaches its agent', async () => {
    const { faults, stored, acknowledged, resends, live } = await run!.judge();
    console.log(`${column}: ${acknowledged} acknowledged, ${resends} resends, ${live} live entries`);
    expect(faults).toEqual([]);
    expect(stored.messages).toBe(acknowledged);
    expect(resends).toBeGreaterThan(0);
    expect(live).toBeGreaterThan(0);
  });

  if (column === 'mariadb') {
    it.each([
      ['innodb_flush_log_at_trx_commit', 2],
      ['innodb_flush_log_at_trx_commit', 0],
      ['sync_binlog', 0],
    ] as const)('refuses to start with %s=%i, which may lose commits, and says what to set', async (name, value) => {
      await product.kill9();
      const connection = await createConnection(stores.mariadb!.url);
      await connection.query(`SET GLOBAL ${name} = ${value}`);
      try {
        const { code, said } = await product.startRefused();
        expect(code).toBe(1);
        expect(said).toContain(name);
        expect(said).toMatch(/Set it to 1/);
      } finally {
        await connection.query(`SET GLOBAL ${name} = 1`);
        await connection.end();
      }
    });
  }
});

describeColumn('mariadb', 'a MariaDB whose own disk was full', () => {
  describeWhere(SMALL_DISK, 'finds the room when it looks', () => {
    it('with room all goes on, once', async () => {
      const { visitor, newcomer } = full!;
      await expect.poll(() => full!.readiness(), { timeout: MARIADB_LOOKS_MS, interval: 500 }).toBe('ready');
      await visitor.send(3);
      await newcomer.send(1);
      // What a late answer stored, and what was offered again under its number, is there once and in order.
      for (const one of [visitor, newcomer]) {
        expect(await full!.historyOf(one)).toEqual(one.acknowledged.map(({ text }) => text));
      }
    }, 300_000);
  });
});
