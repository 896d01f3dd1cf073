import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeColumn, describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CrashStores, openCrashStores } from '../durability/crash-stores.js';
import { signIn } from '../durability/following-agent.js';
import { NumberedVisitor, type VisitedPlace } from '../durability/numbered-visitor.js';
import { type ProductProcess, productProcess } from '../durability/product-process.js';
import { freePort } from '../servers/index.mjs';
import { until } from '../world/clients.js';
import { fillDisk, mountSmallDisk } from './operator.js';

/** It looks for room once a minute. */
const MARIADB_LOOKS_MS = 150_000;
const folder = mkdtempSync(join(tmpdir(), 'custodia-full-maria-'));
const small = join(folder, 'small');
const isMet = mountSmallDisk(small, '192m');
const need = { name: 'the right to mount a tmpfs', isMet, isOptional: true } as const;

describeColumn('mariadb', 'a MariaDB whose own disk is full', () => {
  afterAll(() => {
    if (isMet) execFileSync('umount', ['-l', small]);
    rmSync(folder, { recursive: true, force: true });
  });

  describeWhere(need, 'waits for room, and nobody waits with it', () => {
    let stores: CrashStores;
    let product: ProductProcess;
    let place: VisitedPlace;
    let visitor: NumberedVisitor;
    let cookie: string;

    beforeAll(async () => {
      stores = await openCrashStores('mariadb', join(small, 'data'));
      const outputFile = join(folder, 'product.log');
      product = productProcess({ env: stores.env, outputFile, port: await freePort() });
      await product.start();
      const seed = JSON.parse(readFileSync(join(stores.home, 'bench.json'), 'utf8')) as {
        inboxKey: string;
        origin: string;
        agents: { identifier: string; password: string }[];
      };
      place = { url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin };
      cookie = await signIn(product.url, seed.agents[0]!.identifier, seed.agents[0]!.password);
      visitor = new NumberedVisitor(place, 'full');
      await visitor.send(5);
    }, 180_000);
    afterAll(async () => {
      visitor?.close();
      await product?.kill9();
      await stores?.drop();
    });

    const ready = async (): Promise<string> => {
      const response = await fetch(`${product.url}/readyz`);
      const body = (await response.json()) as { details?: { failed?: string } };
      return response.ok ? 'ready' : String(body.details?.failed);
    };
    const list = async (): Promise<{ status: number; ids: string[] }> => {
      const path = `${product.url}/api/v1/chat/conversations?view=unassigned`;
      const answer = await fetch(path, { headers: { cookie } });
      const { items = [] } = (await answer.json()) as { items?: { id: string }[] };
      return { status: answer.status, ids: items.map(({ id }) => id) };
    };

    it('503 with a stable code instead of silence, reads go on, readiness says it; with room all goes on, once', async () => {
      expect(await ready()).toBe('ready');
      const [conversation] = (await list()).ids;
      fillDisk(join(small, 'filler'));
      let refused = '';
      // Some blocks of its files are still its own: it goes on until it needs a new one.
      await until(async () => {
        const answer = await visitor.offerNext();
        if (!answer.ok) refused = answer.code;
        return refused !== '';
      });
      expect(refused).toMatch(/^database\.(stalled|outcome-unknown|disk)$/);
      expect(await ready()).toBe('database');
      // From now on nobody waits: what is owed has not been answered.
      expect(await visitor.offerNext()).toMatchObject({ ok: false, code: 'database.stalled' });
      const newcomer = new NumberedVisitor(place, 'newcomer');
      expect(await newcomer.offerNext()).toMatchObject({ ok: false, code: 'database.stalled' });
      const take = `${product.url}/api/v1/chat/conversations/${conversation}/take`;
      const headers = { cookie, origin: product.url, 'content-type': 'application/json' };
      const taken = await fetch(take, { method: 'POST', headers, body: '{}' });
      expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([503, 'database.stalled']);
      expect((await list()).status).toBe(200);

      rmSync(join(small, 'filler'));
      await expect.poll(ready, { timeout: MARIADB_LOOKS_MS, interval: 500 }).toBe('ready');
      await visitor.send(3);
      await newcomer.send(1);
      // What a late answer stored, and what was offered again under its number, is there once and in order.
      for (const one of [visitor, newcomer]) {
        const again = new NumberedVisitor(place, 'again', one.visitorToken);
        await again.connect();
        expect(again.stream.entries.map(({ text }) => text)).toEqual(one.acknowledged.map(({ text }) => text));
        again.close();
      }
      newcomer.close();
    }, 300_000);
  });
});
