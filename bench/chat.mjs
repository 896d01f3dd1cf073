import { startLoad } from './processes.mjs';
import { countMessageRows, startLimit, startProduct } from './servers.mjs';
import { compare, median, round } from './statistics.mjs';

const WARM_UP_MS = 1_000;
/**
 * Of both servers, where pauses count or the one has more code than the other: how long a program is compiled says nothing
 * about one that runs for weeks.
 */
const LONG_WARM_UP_MS = 3_000;
/** Seconds a run may take beyond its own length: connecting, draining, reading back. */
const GRACE_MS = 60_000;
const HALF_RATE_RUNS = 5;
const HALF_RATE_SECS = 5;
const PRIVACY_VISITORS = 100;
const PRIVACY_STARTS = 3;
const PRIVACY_TURNS = 4;
const PRIVACY_SECS = 2;
const TURN_WARM_UP_MS = 300;
const RELAY_RUNS = 3;
const RELAY_SECS = 3;

function tell(result, label, context) {
  const perSec = Math.min(result.ackedPerSec, result.deliveredPerSec);
  context.progress(`  ${label}: ${perSec}/s, p50 ${result.p50} ms, p99 ${result.p99} ms`);
  return perSec;
}

function checkFaults({ driver }, { faults }) {
  if (faults.length > 0) throw new Error(`${driver}: ${faults.join('; ')}`);
}

/** Stops a server, and throws where the product does not hold as many messages as it acknowledged. */
async function haltAndCount(server, sent) {
  await server.halt();
  if (server.driver !== 'product') return;
  const rows = await countMessageRows(server);
  if (rows !== sent) throw new Error(`${server.driver}: ${rows} rows for ${sent} acknowledged messages`);
}

/** Starts a server, runs one load on it, stops it and looks at what it left. Throws when a message went astray. */
async function runOnce(start, order, context) {
  const server = await start();
  const load = startLoad();
  try {
    const target = { driver: server.driver, url: server.url, seed: server.seed };
    const message = { kind: 'run', warmUpMs: WARM_UP_MS, readBack: true, ...order, ...target };
    const result = await load.order(message, LONG_WARM_UP_MS + order.secs * 1000 + GRACE_MS);
    checkFaults(server, result);
    await load.stop();
    await haltAndCount(server, result.sent);
    return { ...result, perSec: tell(result, order.label, context) };
  } finally {
    await load.stop();
    await server.halt();
    server.remove();
  }
}

const agentsFor = (visitors) => Math.max(1, Math.ceil(visitors / 20));

/** How both servers are started for one engine; each MariaDB run gets a database of its own. */
function starters(context, visitors, mariadb) {
  const { portBase } = context;
  const store = mariadb ? 'mariadb' : 'sqlite';
  return {
    relay: () => startLimit({ store: 'none', portBase }),
    limit: async () => startLimit({ store, portBase, databaseUrl: await mariadb?.createDatabase() }),
    product: async (passThrough = false) =>
      startProduct({
        agents: agentsFor(visitors),
        passThrough,
        portBase,
        databaseUrl: await mariadb?.createDatabase(),
      }),
  };
}

/** Pairs of limit and product, the one that goes first changing, until enough or the time of the section is over. */
async function runPairs(context, visitors, { pairs, secs, mariadb, deadline }) {
  const start = starters(context, visitors, mariadb);
  const done = [];
  let longest = 0;
  for (let index = 0; index < pairs; index++) {
    if (done.length > 0 && performance.now() + longest > deadline) {
      context.progress(`  time is short: ${done.length} of ${pairs} pairs run`);
      break;
    }
    const startedAt = performance.now();
    const limitRun = () => runOnce(start.limit, { visitors, secs, label: `limit ${visitors}` }, context);
    const productRun = () => runOnce(() => start.product(), { visitors, secs, label: `product ${visitors}` }, context);
    const limitFirst = index % 2 === 0;
    const first = await (limitFirst ? limitRun() : productRun());
    const second = await (limitFirst ? productRun() : limitRun());
    const [limit, product] = limitFirst ? [first, second] : [second, first];
    done.push({ limit: limit.perSec, product: product.perSec });
    longest = Math.max(longest, performance.now() - startedAt);
  }
  return done;
}

/**
 * p99 from sending to the agent, of both at half of the product's rate: medians of alternating runs, because one hiccup
 * of the machine within five seconds is already a hundredth of the messages.
 */
async function runHalfRate(context, visitors, { rate, mariadb }) {
  const start = starters(context, visitors, mariadb);
  const order = { visitors, secs: HALF_RATE_SECS, warmUpMs: LONG_WARM_UP_MS, rate, readBack: false };
  const at = `${visitors} at ${rate}/s`;
  const [limits, products] = [[], []];
  for (let index = 0; index < (mariadb ? 1 : HALF_RATE_RUNS); index++) {
    const limit = async () =>
      limits.push((await runOnce(start.limit, { ...order, label: `limit ${at}` }, context)).p99);
    const product = async () =>
      products.push((await runOnce(() => start.product(), { ...order, label: `product ${at}` }, context)).p99);
    for (const run of index % 2 === 0 ? [limit, product] : [product, limit]) await run();
  }
  return { p99Ms: median(products), limitP99Ms: median(limits) };
}

/** The chat path for one number of visitors: keys as in the report. */
export async function benchChat(context, visitors, options) {
  const pairs = await runPairs(context, visitors, options);
  const result = compare(pairs);
  const rate = Math.max(1, Math.round(result.perSec / 2));
  return { ...result, ...(await runHalfRate(context, visitors, { ...options, rate })) };
}

/** Messages a second of the bare relay, which stores nothing. */
export async function benchRelay(context, visitors) {
  const { relay } = starters(context, visitors, null);
  const runs = [];
  for (let index = 0; index < RELAY_RUNS; index++) {
    const order = { visitors, secs: RELAY_SECS, label: `bare relay ${visitors}` };
    runs.push((await runOnce(relay, order, context)).perSec);
  }
  return Math.round(median(runs));
}

/** The limit alone, for looking at it while the product changes. */
export async function benchLimit(context, visitors, { secs, mariadb }) {
  const { limit } = starters(context, visitors, mariadb);
  return (await runOnce(limit, { visitors, secs, label: `limit ${visitors}` }, context)).perSec;
}

/** A server that stays up, with its visitors, for several stretches of load; warmed up. */
async function openStanding(start, label, context) {
  const server = await start();
  const load = startLoad();
  const close = async () => {
    await load.stop();
    await server.halt();
    server.remove();
  };
  const target = { driver: server.driver, url: server.url, seed: server.seed, visitors: PRIVACY_VISITORS };
  const turn = (secs, warmUpMs) => load.order({ kind: 'turn', secs, warmUpMs }, GRACE_MS);
  try {
    await load.order({ kind: 'open', ...target }, GRACE_MS);
    await turn(1, LONG_WARM_UP_MS);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    perSec: async () => tell(await turn(PRIVACY_SECS, TURN_WARM_UP_MS), label, context),
    check: async () => {
      const result = await load.order({ kind: 'end', readBack: true }, GRACE_MS);
      checkFaults(server, result);
      await load.stop();
      await haltAndCount(server, result.sent);
    },
    close,
  };
}

/**
 * What encryption, consent and journal cost: the product against itself with pass-throughs in their place. Both are up at
 * once, with the same visitors all the time, and take turns of two seconds, so that a machine whose speed changes from
 * minute to minute is equally fast for both; the median of the pairs. Several starts, because no two processes are alike.
 */
export async function benchPrivacy(context) {
  const start = starters(context, PRIVACY_VISITORS, null);
  const costs = [];
  for (let began = 0; began < PRIVACY_STARTS; began++) {
    const standing = [];
    try {
      standing.push(await openStanding(() => start.product(true), 'pass-through', context));
      standing.push(await openStanding(() => start.product(), 'product', context));
      const [without, full] = standing;
      for (let turn = 0; turn < PRIVACY_TURNS; turn++) {
        const rates = new Map();
        for (const one of turn % 2 === 0 ? [without, full] : [full, without]) rates.set(one, await one.perSec());
        costs.push(1 - rates.get(full) / rates.get(without));
      }
      for (const one of standing) await one.check();
    } finally {
      for (const one of standing) await one.close();
    }
  }
  const [costMin, costMax] = [Math.min(...costs), Math.max(...costs)].map((cost) => round(cost, 3));
  return { throughputCost: round(median(costs), 3), costMin, costMax };
}
