import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FEED_LIMIT_MS } from '@libs/events';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../servers/index.mjs';
import { CrashRun } from './crash-run.js';
import { type CrashStores, openCrashStores } from './crash-stores.js';
import { type ProductProcess, productProcess } from './product-process.js';
import { seededRandom } from './seeded-random.js';

const VISITORS = 20;
const KILLS = 5;

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
});
