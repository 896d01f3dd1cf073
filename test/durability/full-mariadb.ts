import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canMountDisk, fillDisk, mountSmallDisk, unmountDisk } from '../operation/operator.js';
import { freePort } from '../servers/index.mjs';
import { type CrashStores, openCrashStores } from './crash-stores.js';
import { signIn } from './following-agent.js';
import { NumberedVisitor, type VisitedPlace } from './numbered-visitor.js';
import { type ProductProcess, productProcess } from './product-process.js';

/** What a MariaDB on a small disk of its own needs. */
export const SMALL_DISK = { name: 'the right to mount a tmpfs', isMet: canMountDisk(), isOptional: true } as const;

/** A product at work whose MariaDB has a small disk to itself. */
export class FullMariadb {
  /** Has written nothing when the disk becomes full. */
  readonly newcomer: NumberedVisitor;

  private constructor(
    private readonly folder: string,
    private readonly stores: CrashStores,
    private readonly product: ProductProcess,
    private readonly place: VisitedPlace,
    private readonly cookie: string,
    /** Writes before, while and after the disk is full. */
    readonly visitor: NumberedVisitor,
  ) {
    this.newcomer = new NumberedVisitor(place, 'newcomer');
  }

  static async open(): Promise<FullMariadb> {
    const folder = mkdtempSync(join(tmpdir(), 'custodia-full-maria-'));
    mountSmallDisk(join(folder, 'small'), '192m');
    const stores = await openCrashStores('mariadb', join(folder, 'small', 'data'));
    const outputFile = join(folder, 'product.log');
    const product = productProcess({ env: stores.env, outputFile, port: await freePort() });
    await product.start();
    const seed = JSON.parse(readFileSync(join(stores.home, 'bench.json'), 'utf8')) as {
      inboxKey: string;
      origin: string;
      agents: { identifier: string; password: string }[];
    };
    const place = { url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin };
    const cookie = await signIn(product.url, seed.agents[0]!.identifier, seed.agents[0]!.password);
    const visitor = new NumberedVisitor(place, 'full');
    await visitor.send(5);
    return new FullMariadb(folder, stores, product, place, cookie, visitor);
  }

  /** Leaves no block free on its disk. */
  fill(): void {
    fillDisk(join(this.folder, 'small', 'filler'));
  }

  /** Makes room again. MariaDB, which waits for it, looks once a minute. */
  clear(): void {
    rmSync(join(this.folder, 'small', 'filler'));
  }

  /** What the product says of itself: `ready`, or what fails. */
  async readiness(): Promise<string> {
    const response = await fetch(`${this.product.url}/readyz`);
    const body = (await response.json()) as { details?: { failed?: string } };
    return response.ok ? 'ready' : String(body.details?.failed);
  }

  /** The list of an agent: it only reads. */
  async list(): Promise<{ status: number; ids: string[] }> {
    const path = `${this.product.url}/api/v1/chat/conversations?view=unassigned`;
    const answer = await fetch(path, { headers: { cookie: this.cookie } });
    const { items = [] } = (await answer.json()) as { items?: { id: string }[] };
    return { status: answer.status, ids: items.map(({ id }) => id) };
  }

  /** An agent takes a conversation: status and code of a refusal. */
  async take(conversation: string): Promise<[status: number, code: string]> {
    const headers = { cookie: this.cookie, origin: this.product.url, 'content-type': 'application/json' };
    const path = `${this.product.url}/api/v1/chat/conversations/${conversation}/take`;
    const answer = await fetch(path, { method: 'POST', headers, body: '{}' });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  }

  /** The texts of a visitor as another tab of the same browser gets them. */
  async historyOf({ visitorToken }: NumberedVisitor): Promise<string[]> {
    const again = new NumberedVisitor(this.place, 'again', visitorToken);
    await again.connect();
    again.close();
    return again.stream.entries.map(({ text }) => text);
  }

  async drop(): Promise<void> {
    this.visitor.close();
    this.newcomer.close();
    await this.product.kill9();
    await this.stores.drop();
    unmountDisk(join(this.folder, 'small'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
