import { join } from 'node:path';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrashRun } from '../durability/crash-run.js';
import { type CrashStores, openCrashStores } from '../durability/crash-stores.js';
import { type ProductProcess, productProcess } from '../durability/product-process.js';
import { seededRandom } from '../durability/seeded-random.js';
import { freePort } from '../servers/index.mjs';

const VISITORS = 40;
const KILLS = Number(process.env.SOAK_KILLS ?? 100);

/** What is killed: the product in both columns, the database where it is a process of its own. */
const TARGETS = { sqlite: ['product'], mariadb: ['product', 'database'] } as const;

describeColumns(`${KILLS} times kill -9 on $column`, (column) => {
  describe.each(TARGETS[column])('of the %s', (target) => {
    let stores: CrashStores;
    let product: ProductProcess;
    let run: CrashRun | undefined;
    beforeAll(async () => {
      stores = await openCrashStores(column);
      product = productProcess({
        env: stores.env,
        outputFile: join(stores.home, 'output.log'),
        port: await freePort(),
      });
      await product.start();
      const random = seededRandom(`soak of ${target} on ${column}`, Date.now());
      run = await CrashRun.open({ product, home: stores.home, stored: stores.stored, random, visitors: VISITORS });
    });
    afterAll(async () => {
      run?.close();
      await product?.kill9();
      await stores?.drop();
    });

    it('loses and doubles nothing that was acknowledged', async () => {
      const victim = target === 'product' ? product : stores.mariadb!;
      await run!.crash(KILLS, async () => {
        await victim.kill9();
        await victim.start();
      });
      const { faults, acknowledged, resends } = await run!.judge();
      console.log(`${target} on ${column}: ${acknowledged} acknowledged, ${resends} resends`);
      expect(faults).toEqual([]);
    });
  });
});
