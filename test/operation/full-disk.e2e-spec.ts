import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../durability/following-agent.js';
import { NumberedVisitor, type VisitedPlace } from '../durability/numbered-visitor.js';
import { type ProductProcess, portFrom, productProcess } from '../durability/product-process.js';
import { until } from '../world/clients.js';
import { faultyLabels, measuredIn, WATCHED } from './measured.js';
import { command, fillDisk, mountSmallDisk } from './operator.js';

const folder = mkdtempSync(join(tmpdir(), 'custodia-full-'));
const home = join(folder, 'home');
const small = join(folder, 'small');
const isMet = mountSmallDisk(home, '24m') && mountSmallDisk(small, '256k');

describeWhere(
  { name: 'the right to mount a tmpfs', isMet, isOptional: true },
  'a disk that does not take writes',
  () => {
    const env = { CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '1', CUSTODIA_HOME: home };
    let product: ProductProcess;
    let place: VisitedPlace;
    let visitor: NumberedVisitor;
    let cookie: string;

    beforeAll(async () => {
      product = productProcess({ env, outputFile: join(folder, 'product.log'), port: await portFrom(4280) });
      await product.start();
      const seed = JSON.parse(readFileSync(join(home, 'bench.json'), 'utf8')) as {
        inboxKey: string;
        origin: string;
        agents: { identifier: string; password: string }[];
      };
      place = { url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin };
      const [agent] = seed.agents;
      cookie = await signIn(product.url, agent!.identifier, agent!.password);
      visitor = new NumberedVisitor(place, 'full');
      await visitor.send(5);
    });
    afterAll(async () => {
      visitor?.close();
      await product?.kill9();
      for (const at of [home, small]) if (isMet) execFileSync('umount', ['-l', at]);
      rmSync(folder, { recursive: true, force: true });
    });

    const ready = async (): Promise<{ status: number; failed?: string }> => {
      const response = await fetch(`${product.url}/readyz`);
      const body = (await response.json()) as { details?: { failed?: string } };
      return { status: response.status, ...(body.details?.failed ? { failed: body.details.failed } : {}) };
    };

    it('F-1412 a backup onto a full disk ends with a clear error and leaves nothing', async () => {
      const args = ['backup', '--to', join(small, 'data'), '--keys-to', join(folder, 'keys')];
      const { code, said } = await command(env, args);
      expect([code, said]).toEqual([1, expect.stringContaining('The disk does not take the')]);
      expect([readdirSync(small), existsSync(join(folder, 'keys'))]).toEqual([[], false]);
      await visitor.send(1);
    });

    it('full: 503 with a stable code for people and members, reads go on, readiness says it, room mends it', async () => {
      expect(await ready()).toEqual({ status: 200 });
      fillDisk(join(home, 'filler'));
      const codes = new Set<string>();
      await until(async () => {
        const answer = await visitor.offerNext();
        if (!answer.ok) codes.add(answer.code);
        return codes.size > 0;
      });
      expect([...codes]).toEqual(['database.disk']);
      expect(await ready()).toEqual({ status: 503, failed: 'disk' });
      expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
      // A new person needs a key first: that store is full as well.
      const newcomer = new NumberedVisitor(place, 'newcomer');
      const refused = await newcomer.offerNext();
      expect(refused).toMatchObject({ ok: false });
      expect((refused as { code: string }).code).toMatch(/^(privacy\.key-store-disk|database\.disk)$/);
      newcomer.close();
      const list = await fetch(`${product.url}/api/v1/chat/conversations?view=unassigned`, { headers: { cookie } });
      const page = (await list.json()) as { items: { id: string }[] };
      expect([list.status, page.items.length]).toEqual([200, 1]);
      const taken = await fetch(`${product.url}/api/v1/chat/conversations/${page.items[0]!.id}/take`, {
        method: 'POST',
        headers: { cookie, origin: product.url, 'content-type': 'application/json' },
        body: '{}',
      });
      expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([503, 'database.disk']);
      rmSync(join(home, 'filler'));
      await visitor.send(3);
      expect(await ready()).toEqual({ status: 200 });
    });

    it('P-1002 metrics are numbers under fixed names: no label is an id, an address or a name', async () => {
      const text = await (await fetch(`${product.url}/metrics`)).text();
      const samples = measuredIn(text);
      expect(faultyLabels(samples)).toEqual([]);
      const names = new Set(samples.map(({ name }) => name));
      for (const name of WATCHED) expect(names).toContain(name);
    });
  },
);
