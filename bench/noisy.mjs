/**
 * One tenant that is fifty times as busy as the others (C14): what the others wait for a message and for a list, beside
 * what they wait while it is silent. The limiter is in the path and does not help: all tenants of the bench may do as
 * much as they like.
 */
import { startLoad } from './processes.mjs';
import { startProduct } from './servers.mjs';
import { median, round } from './statistics.mjs';

const QUIET = 4;
const ROUNDS = 5;
/** Code is compiled and memory grows in them. */
const WARM_UP_ROUNDS = 2;
const SECS = 4;
/** So much longer the noise goes on at either end. */
const AROUND_MS = 500;
const TIMES = 50;
const QUIET_LOAD = { visitors: 4, messagesPerSec: 10, listsPerSec: 1 };
const NOISE = {
  visitors: 100,
  messagesPerSec: TIMES * QUIET_LOAD.messagesPerSec,
  listsPerSec: TIMES * QUIET_LOAD.listsPerSec,
};
const AGENTS = 5;
const ORDER_MS = 120_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** `{ message, list }`, each `{ idleP95Ms, noisyP95Ms, ratio, ratioMin, ratioMax }`, of the quiet tenants together. */
export async function benchNoisy({ portBase, progress }) {
  const more = { CUSTODIA_SEED_BENCH_TENANTS: String(QUIET + 1) };
  const server = await startProduct({ agents: AGENTS, portBase, more });
  const loads = [];
  try {
    const [noisy, ...quiet] = await openAll(server, loads);
    const rounds = [];
    for (let at = 0; at < WARM_UP_ROUNDS + ROUNDS; at++) {
      const idle = () => runQuiet(quiet);
      const loud = () => besideNoise(noisy, () => runQuiet(quiet));
      const [first, second] = at % 2 === 0 ? [await idle(), await loud()] : [await loud(), await idle()];
      const round = at % 2 === 0 ? { idle: first, loud: second } : { idle: second, loud: first };
      if (at >= WARM_UP_ROUNDS) rounds.push(round);
      progress(`  round ${at}: idle ${JSON.stringify(round.idle)}, beside the noise ${JSON.stringify(round.loud)}`);
    }
    return { message: summarise(rounds, 'messageP95'), list: summarise(rounds, 'listP95') };
  } finally {
    for (const load of loads) await load.stop();
    await server.halt();
    server.remove();
  }
}

/** One load process for the noise, one for all quiet tenants each: theirs must not share a loop with the noise. */
async function openAll({ url, seed }, loads) {
  const { others, ...first } = seed;
  const plans = [
    { seed: first, visitors: NOISE.visitors },
    ...others.map((one) => ({ seed: one, visitors: QUIET_LOAD.visitors })),
  ];
  for (const plan of plans) {
    const load = startLoad('tenant-load.mjs');
    loads.push(load);
    await load.order({ kind: 'open', url, ...plan }, ORDER_MS);
  }
  return loads;
}

const run = async (load, secs, { messagesPerSec, listsPerSec }) => {
  const result = await load.order({ kind: 'run', secs, messagesPerSec, listsPerSec }, ORDER_MS);
  if (result.faults.length > 0) throw new Error(result.faults.join('; '));
  return result;
};

/** Medians over the quiet tenants. */
async function runQuiet(quiet) {
  const results = await Promise.all(quiet.map((load) => run(load, SECS, QUIET_LOAD)));
  const of = (name) => round(median(results.map((result) => result[name])), 2);
  return { messageP95: of('messageP95'), listP95: of('listP95') };
}

async function besideNoise(noisy, work) {
  const noise = run(noisy, SECS + (2 * AROUND_MS) / 1000, NOISE);
  // It is awaited below; a failure meanwhile must not end the process.
  noise.catch(() => {});
  await wait(AROUND_MS);
  const result = await work();
  await noise;
  return result;
}

function summarise(rounds, name) {
  const idleP95Ms = round(median(rounds.map(({ idle }) => idle[name])), 2);
  const noisyP95Ms = round(median(rounds.map(({ loud }) => loud[name])), 2);
  const ratios = rounds.map(({ idle, loud }) => loud[name] / idle[name]);
  return {
    idleP95Ms,
    noisyP95Ms,
    ratio: round(noisyP95Ms / idleP95Ms, 2),
    ratioMin: round(Math.min(...ratios), 2),
    ratioMax: round(Math.max(...ratios), 2),
  };
}
