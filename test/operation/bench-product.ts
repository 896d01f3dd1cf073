import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from '../durability/following-agent.js';
import { NumberedVisitor, type VisitedPlace } from '../durability/numbered-visitor.js';
import { type ProductProcess, productProcess } from '../durability/product-process.js';
import { freePort } from '../servers/index.mjs';

/** The built product on a disk of its own, with a visitor who has written and a member who is signed in. */
export interface BenchProduct {
  readonly product: ProductProcess;
  readonly env: Readonly<Record<string, string>>;
  readonly place: VisitedPlace;
  readonly visitor: NumberedVisitor;
  readonly cookie: string;
  /** What readiness says. */
  ready(): Promise<{ readonly status: number; readonly failed?: string }>;
  /** A call of the member to chat. */
  asMember(path: string, method?: 'GET' | 'POST'): Promise<Response>;
  close(): Promise<void>;
}

export interface BenchProductOptions {
  readonly home: string;
  /** Where its output goes. */
  readonly folder: string;
}

/** Starts it with its home in `home`; the visitor has five messages. */
export async function openBenchProduct({ home, folder }: BenchProductOptions): Promise<BenchProduct> {
  const env = { CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '1', CUSTODIA_HOME: home };
  const product = productProcess({ env, outputFile: join(folder, 'product.log'), port: await freePort() });
  await product.start();
  const seed = JSON.parse(readFileSync(join(home, 'bench.json'), 'utf8')) as {
    inboxKey: string;
    origin: string;
    agents: { identifier: string; password: string }[];
  };
  const place = { url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin };
  const [agent] = seed.agents;
  const cookie = await signIn(product.url, agent!.identifier, agent!.password);
  const visitor = new NumberedVisitor(place, 'early');
  await visitor.send(5);
  const headers = { cookie, origin: product.url, 'content-type': 'application/json' };
  return {
    ...{ product, env, place, visitor, cookie },
    ready: async () => {
      const response = await fetch(`${product.url}/readyz`);
      const { details } = (await response.json()) as { details?: { failed?: string } };
      return { status: response.status, ...(details?.failed ? { failed: details.failed } : {}) };
    },
    asMember: (path, method = 'GET') =>
      fetch(`${product.url}/api/v1/chat${path}`, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) }),
    close: async () => {
      visitor.close();
      await product.kill9();
    },
  };
}
