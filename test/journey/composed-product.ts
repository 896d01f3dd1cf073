import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess } from '../composed/end-process.js';
import { startFiveServices } from '../composed/five-services.js';
import { freePort } from '../servers/index.mjs';
import { countMaria, openSessions, type Product, passwordsIn, SERVER, untilPrinted, untilQuiet } from './product.js';

/** Six other processes start meanwhile. */
const BESIDE_MS = 150_000;
const SHOP_FILES = ['/', '/shop.css', '/shop.js'];
/** Headers of the shop's pages that a browser obeys. */
const KEPT = ['content-type', 'content-security-policy', 'cache-control'];

/** What the demo's program made before it ended: passwords, and the shop as it served it. */
interface Seeded {
  readonly printed: string;
  readonly files: ReadonlyMap<string, { readonly headers: IncomingHttpHeaders; readonly body: string }>;
}

/**
 * The same product as five services behind their proxy. The demo's program makes the data and the shop's pages, and ends;
 * from then on the shop is a site of somebody else, as in life.
 */
export async function startComposedProduct(): Promise<Product> {
  const shopPort = await freePort();
  const made: { seeded?: Seeded } = {};
  const five = await startFiveServices({
    beside: async (env) => {
      made.seeded = await seedDemo(env, shopPort);
    },
  });
  const shop = serveShop(made.seeded!.files);
  const close = async (): Promise<void> => {
    shop.closeAllConnections();
    shop.close();
    await five.close();
  };
  try {
    shop.listen(shopPort, 'localhost');
    await once(shop, 'listening');
    const passwords = passwordsIn(made.seeded!.printed);
    const sessions = await openSessions(five.url, passwords);
    const countRows = () => countMaria(five.env);
    return {
      shop: `http://localhost:${shopPort}`,
      console: five.url,
      passwords,
      sessions,
      countRows,
      countWhenQuiet: (tables) => untilQuiet(countRows, tables),
      five,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function seedDemo(env: Readonly<Record<string, string>>, port: number): Promise<Seeded> {
  const home = mkdtempSync(join(tmpdir(), 'custodia-seed-'));
  const { PATH } = process.env;
  const own = { PATH, HOST: '127.0.0.1', PORT: String(port), CUSTODIA_HOME: home };
  const child = spawn(process.execPath, [SERVER], { env: { ...env, ...own }, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const printed = await untilPrinted(child, /officer-2@demo\.example +\S+\n/, BESIDE_MS);
    const files = new Map<string, { headers: IncomingHttpHeaders; body: string }>();
    for (const path of SHOP_FILES) {
      const answer = await fetch(`http://localhost:${port}${path}`);
      const headers = Object.fromEntries(KEPT.map((name) => [name, answer.headers.get(name) ?? '']));
      files.set(path, { headers, body: await answer.text() });
    }
    return { printed, files };
  } finally {
    await endProcess(child);
    rmSync(home, { recursive: true, force: true });
  }
}

function serveShop(files: Seeded['files']) {
  return createServer((request, response) => {
    const file = files.get(request.url?.split('?')[0] ?? '');
    response.writeHead(file ? 200 : 404, file?.headers ?? {});
    response.end(file?.body);
  });
}
