import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NumberedVisitor } from '../durability/numbered-visitor.js';
import { until } from '../world/clients.js';
import { type BenchProduct, openBenchProduct } from './bench-product.js';
import { faultyLabels, measuredIn, WATCHED } from './measured.js';
import { canMountDisk, command, fillDisk, mountSmallDisk, unmountDisk } from './operator.js';

describeWhere(
  { name: 'the right to mount a tmpfs', isMet: canMountDisk(), isOptional: true },
  'a disk that does not take writes',
  () => {
    let folder: string;
    let home: string;
    let small: string;
    let bench: BenchProduct;
    const mounted: string[] = [];

    const mount = (name: string, size: string): string => {
      const at = join(folder, name);
      if (!mountSmallDisk(at, size)) throw new Error(`${at} is not mounted`);
      mounted.push(at);
      return at;
    };
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'custodia-full-'));
      home = mount('home', '24m');
      small = mount('small', '256k');
      bench = await openBenchProduct({ home, folder });
    });
    afterAll(async () => {
      await bench?.close();
      mounted.forEach(unmountDisk);
      rmSync(folder, { recursive: true, force: true });
    });

    it('F-1412 a backup onto a full disk ends with a clear error and leaves nothing', async () => {
      const args = ['backup', '--to', join(small, 'data'), '--keys-to', join(folder, 'keys')];
      const { code, said } = await command(bench.env, args);
      expect([code, said]).toEqual([1, expect.stringContaining('The disk does not take the')]);
      expect([readdirSync(small), existsSync(join(folder, 'keys'))]).toEqual([[], false]);
      await bench.visitor.send(1);
    });

    it('full: 503 with a stable code for people and members, reads go on, readiness says it, room mends it', async () => {
      const { product, place, visitor, ready, asMember } = bench;
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
      const list = await asMember('/conversations?view=unassigned');
      const page = (await list.json()) as { items: { id: string }[] };
      expect([list.status, page.items.length]).toEqual([200, 1]);
      const taken = await asMember(`/conversations/${page.items[0]!.id}/take`, 'POST');
      expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([503, 'database.disk']);
      rmSync(join(home, 'filler'));
      await visitor.send(3);
      expect(await ready()).toEqual({ status: 200 });
    });

    it('P-1002 metrics are numbers under fixed names: no label is an id, an address or a name', async () => {
      const text = await (await fetch(`${bench.product.url}/metrics`)).text();
      const samples = measuredIn(text);
      expect(faultyLabels(samples)).toEqual([]);
      const names = new Set(samples.map(({ name }) => name));
      for (const name of WATCHED) expect(names).toContain(name);
    });
  },
);
