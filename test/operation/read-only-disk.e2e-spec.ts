import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NumberedVisitor } from '../durability/numbered-visitor.js';
import { type BenchProduct, openBenchProduct } from './bench-product.js';
import { canSetReadOnly, setReadOnly } from './operator.js';

describeWhere(
  { name: 'the right to make files immutable', isMet: canSetReadOnly(), isOptional: true },
  'a disk that became read-only',
  () => {
    let folder: string;
    let bench: BenchProduct;
    /** What the program writes to while it runs, and the folders where it would make files. */
    let disk: string[] = [];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'custodia-read-only-'));
      const home = join(folder, 'home');
      bench = await openBenchProduct({ home, folder });
      const files = ['data/custodia.db', 'keys/keystore.db'].flatMap((file) => [file, `${file}-wal`]);
      disk = [...files, 'data', 'keys', 'ledger'].map((path) => join(home, path)).filter((path) => existsSync(path));
    });
    afterAll(async () => {
      if (disk.length > 0) setReadOnly(disk, false);
      await bench?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('writes are 503 with a stable code, reads go on, and they come back with the disk, without a restart', async () => {
      const { product, place, visitor, ready, asMember } = bench;
      expect(await ready()).toEqual({ status: 200 });
      const { pid } = product;
      setReadOnly(disk, true);
      expect(await visitor.offerNext()).toMatchObject({ ok: false, code: 'database.disk' });
      expect(await ready()).toEqual({ status: 503, failed: 'disk' });
      expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
      const newcomer = new NumberedVisitor(place, 'newcomer');
      const refused = (await newcomer.offerNext()) as { code?: string };
      newcomer.close();
      expect(refused.code).toMatch(/^(privacy\.key-store-disk|database\.disk)$/);
      const list = await asMember('/conversations?view=unassigned');
      const { items } = (await list.json()) as { items: { id: string }[] };
      expect([list.status, items.length]).toEqual([200, 1]);
      const taken = await asMember(`/conversations/${items[0]!.id}/take`, 'POST');
      expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([503, 'database.disk']);

      setReadOnly(disk, false);
      await visitor.send(3);
      expect(visitor.acknowledged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect((await asMember(`/conversations/${items[0]!.id}/take`, 'POST')).status).toBe(200);
      expect(await ready()).toEqual({ status: 200 });
      expect(product.pid).toBe(pid);
    });
  },
);
