import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeColumns, testStores } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NumberedVisitor } from '../durability/numbered-visitor.js';
import { type ProductProcess, productProcess } from '../durability/product-process.js';
import { countStored, type StoredIn } from '../durability/stored-messages.js';
import { freePort } from '../servers/index.mjs';
import { command } from './operator.js';
import { openSecondHome, type SecondHome } from './second-home.js';

const bench = { CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '1' };

describeColumns('power cuts on $column', (column) => {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-cuts-'));
  const [to, keysTo] = [join(folder, 'data'), join(folder, 'keys')];
  let stores: Awaited<ReturnType<typeof testStores>>;
  let product: ProductProcess;
  let visitor: NumberedVisitor;
  let second: SecondHome;
  let stored: StoredIn;
  const unfinished = (): string[] => readdirSync(folder).filter((name) => name.includes('.unfinished-'));

  beforeAll(async () => {
    stores = await testStores(column, bench, tmpdir());
    const port = await freePort();
    const outputFile = join(folder, 'product.log');
    product = productProcess({ env: stores.env, outputFile, port });
    await product.start();
    const seed = JSON.parse(readFileSync(join(stores.home, 'bench.json'), 'utf8')) as Record<string, string>;
    const place = { url: product.url, inboxKey: seed.inboxKey!, pageOrigin: seed.origin! };
    visitor = new NumberedVisitor(place, 'cuts');
    await visitor.send(200);
    second = await openSecondHome(column);
    stored = second.stored;
  });
  afterAll(async () => {
    visitor?.close();
    await product?.kill9();
    await second?.drop();
    await stores?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('F-1412 a killed backup is never taken for one, and the next one clears what it left', async () => {
    const begun = (): boolean => unfinished().length > 0;
    const isHalf = (): boolean =>
      unfinished().length === 1 && !existsSync(keysTo) && !existsSync(join(folder, unfinished()[0]!, 'manifest.json'));
    await cutShort(isHalf, async () => {
      const left = unfinished().map((name) => join(folder, name));
      for (const made of [to, keysTo, ...left]) rmSync(made, { recursive: true, force: true });
      await command(stores.env, ['backup', '--to', to, '--keys-to', keysTo], begun);
    });
    expect([existsSync(to), existsSync(keysTo), unfinished().length]).toEqual([false, false, 1]);
    for (const name of unfinished()) {
      await expect(second.restore({ from: join(folder, name) })).rejects.toMatchObject({
        code: 'platform.backup-incomplete',
      });
    }
    const { code, said } = await command(stores.env, ['backup', '--to', to, '--keys-to', keysTo]);
    expect(code, said).toBe(0);
    expect(said).toContain(`Backup: ${to} (`);
    expect(unfinished()).toEqual([]);
    await visitor.send(1);
  });

  it('F-1412 a killed restore starts nowhere, and running it again makes it whole', async () => {
    second.bring(stores.home);
    const env = { ...second.env, ...bench };
    const args = ['restore', '--from', to, '--keys-from', keysTo];
    const mark = join(second.home, 'data', 'restoring');
    const isHalf = (): boolean => existsSync(mark);
    const over: string[] = [];
    await cutShort(isHalf, async () => {
      await command(env, [...args, ...over], isHalf);
      over.push('--replace');
    });
    expect(isHalf()).toBe(true);
    const half = { env, outputFile: join(folder, 'half.log'), port: await freePort() };
    const refused = await productProcess(half).startRefused();
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('restore into this home did not finish')]);
    const again = await command(env, args);
    expect(again.code, again.said).toBe(0);
    expect(await countStored(stored)).toMatchObject({ messages: 200, sends: 200, withGaps: 0, journaled: 200 });
  });

  it('F-1412 a backup is not written over', async () => {
    const there = await command(stores.env, ['backup', '--to', to]);
    expect([there.code, there.said]).toEqual([1, expect.stringContaining('(platform.backup-exists)')]);
  });
});

it('F-1412 says what to write where a command lacks something', async () => {
  const [missing, unknown] = await Promise.all([command({}, ['backup']), command({}, ['restore', '--form', 'away'])]);
  expect([missing.code, missing.said]).toEqual([1, expect.stringContaining('npm run backup -- --to <folder>')]);
  expect([unknown.code, unknown.said]).toEqual([1, expect.stringContaining('npm run restore -- --from <folder>')]);
});

/** Runs and cuts until it was cut in the middle: a machine that is busy may look when all is done. */
async function cutShort(isHalf: () => boolean, run: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 20 && !isHalf(); tries += 1) await run();
}
