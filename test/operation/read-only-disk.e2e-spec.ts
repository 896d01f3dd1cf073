import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../durability/following-agent.js';
import { NumberedVisitor, type VisitedPlace } from '../durability/numbered-visitor.js';
import { type ProductProcess, portFrom, productProcess } from '../durability/product-process.js';
import { canSetReadOnly, setReadOnly } from './operator.js';

const folder = mkdtempSync(join(tmpdir(), 'custodia-read-only-'));
const home = join(folder, 'home');
const isMet = canSetReadOnly(folder);

describeWhere(
  { name: 'the right to make files immutable', isMet, isOptional: true },
  'a disk that became read-only',
  () => {
    const env = { CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '1', CUSTODIA_HOME: home };
    let product: ProductProcess;
    let place: VisitedPlace;
    let visitor: NumberedVisitor;
    let cookie: string;
    /** What the program writes to while it runs, and the folders where it would make files. */
    let disk: string[] = [];

    beforeAll(async () => {
      product = productProcess({ env, outputFile: join(folder, 'product.log'), port: await portFrom(4330) });
      await product.start();
      const seed = JSON.parse(readFileSync(join(home, 'bench.json'), 'utf8')) as {
        inboxKey: string;
        origin: string;
        agents: { identifier: string; password: string }[];
      };
      place = { url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin };
      const [agent] = seed.agents;
      cookie = await signIn(product.url, agent!.identifier, agent!.password);
      visitor = new NumberedVisitor(place, 'reader');
      await visitor.send(5);
      const files = ['data/custodia.db', 'keys/keystore.db'].flatMap((file) => [file, `${file}-wal`]);
      disk = [...files, 'data', 'keys', 'ledger'].map((path) => join(home, path)).filter((path) => existsSync(path));
    });
    afterAll(async () => {
      visitor?.close();
      if (disk.length > 0) setReadOnly(disk, false);
      await product?.kill9();
      rmSync(folder, { recursive: true, force: true });
    });

    const ready = async (): Promise<unknown> => {
      const response = await fetch(`${product.url}/readyz`);
      const { details } = (await response.json()) as { details?: { failed?: string } };
      return { status: response.status, failed: details?.failed };
    };
    const asMember = (path: string, method = 'GET'): Promise<Response> =>
      fetch(`${product.url}/api/v1/chat${path}`, {
        method,
        headers: { cookie, origin: product.url, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });

    it('writes are 503 with a stable code, reads go on, and they come back with the disk, without a restart', async () => {
      expect(await ready()).toEqual({ status: 200, failed: undefined });
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
      expect(await ready()).toEqual({ status: 200, failed: undefined });
      expect(product.pid).toBe(pid);
    });
  },
);
