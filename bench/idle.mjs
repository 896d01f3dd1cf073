import { residentBytes, startLoad } from './processes.mjs';
import { startLimit, startProduct } from './servers.mjs';
import { median, round } from './statistics.mjs';

const CONNECTIONS = 2_000;
const WARM_UP_CONNECTIONS = 100;
const READINGS = 5;
const OPEN_MS = 60_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resident memory after collecting garbage: the least of several readings over 2.5 s. */
async function settledBytes(pid) {
  const readings = [];
  for (let reading = 0; reading < READINGS; reading++) {
    process.kill(pid, 'SIGUSR2');
    await wait(500);
    readings.push(residentBytes(pid));
  }
  return Math.min(...readings);
}

/** What one idle connection adds to a server that has seen connections before. */
async function bytesPerConnection(start, context) {
  const server = await start();
  const load = startLoad();
  try {
    const target = { driver: server.driver, url: server.url, seed: server.seed };
    await load.order({ kind: 'idle', count: WARM_UP_CONNECTIONS, ...target }, OPEN_MS);
    await load.order({ kind: 'close' }, OPEN_MS);
    const before = await settledBytes(server.pid);
    await load.order({ kind: 'idle', count: CONNECTIONS, ...target }, OPEN_MS);
    const after = await settledBytes(server.pid);
    const bytes = Math.round((after - before) / CONNECTIONS);
    context.progress(`  ${server.driver}: ${bytes} bytes per idle connection`);
    return bytes;
  } finally {
    await load.stop();
    await server.halt();
    server.remove();
  }
}

/** Memory of an idle widget connection beside that of a bare Socket.IO connection; medians of alternating runs. */
export async function benchIdle(context, { rounds }) {
  const { portBase } = context;
  const bare = [];
  const product = [];
  for (let index = 0; index < rounds; index++) {
    bare.push(await bytesPerConnection(() => startLimit({ store: 'none', portBase }), context));
    product.push(await bytesPerConnection(() => startProduct({ agents: 1, portBase }), context));
  }
  const [bareBytes, bytes] = [Math.round(median(bare)), Math.round(median(product))];
  return { bareBytes, bytes, ratio: round(bytes / bareBytes, 2) };
}
