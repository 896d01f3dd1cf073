/**
 * What the gate adds to a list of 200 people with five personal fields each: the built product against itself with
 * pass-throughs (no consent, no mask, no cipher, no account of reads), both through the same route.
 */
import { makePeople, readPage, signIn } from './people.mjs';
import { startProduct } from './servers.mjs';
import { percentile, round } from './statistics.mjs';

/**
 * Pages of 200: the first warms the code of the list up, the next ones that of loading keys and decisions, and each of the
 * rest is read once after a start. A server runs for weeks: with two cold pages before them the measured ones still took
 * half as long again as the same pages ten later, for nothing but being compiled.
 */
const PAGES = 18;
const PAGES_BEFORE = 12;
const PEOPLE = PAGES * 200;
const STARTS = 6;
const WARM_UP_READS = 30;
const WARM_READS = 60;

/** `{ listP95AddedMsWarm, listP95AddedMsCold, throughputCost }`; the last comes from the section `privacy`. */
export async function benchGates(context, throughputCost) {
  const [gated, open] = [await openWorkspace(context, false), await openWorkspace(context, true)];
  try {
    for (let start = 0; start < STARTS; start++) {
      const order = start % 2 === 0 ? [gated, open] : [open, gated];
      for (const workspace of order) await readAfterStart(workspace);
    }
    for (const { label, warm, cold } of [gated, open]) {
      context.progress(`  ${label}: p95 ${percentile(warm, 0.95)} ms warm, ${percentile(cold, 0.95)} ms cold`);
    }
    const added = (kind) => round(percentile(gated[kind], 0.95) - percentile(open[kind], 0.95), 2);
    return { listP95AddedMsWarm: added('warm'), listP95AddedMsCold: added('cold'), throughputCost };
  } finally {
    for (const { server } of [gated, open]) {
      await server.halt();
      server.remove();
    }
  }
}

/** A workspace with its people, stopped. */
async function openWorkspace({ portBase, progress }, passThrough) {
  const label = passThrough ? 'pass-through' : 'gate';
  progress(`  ${label}: making ${PEOPLE} people`);
  const server = await startProduct({ agents: 1, passThrough, portBase });
  try {
    await makePeople(server, PEOPLE);
  } catch (error) {
    await server.halt();
    server.remove();
    throw error;
  }
  await server.halt();
  return { label, server, warm: [], cold: [] };
}

/**
 * A process that was just started has no key and no consent in memory. The first page is read until the code is warm, the
 * next ones warm up what loads; the other pages then find warm code and cold caches. Afterwards the first page alone gives the warm figure.
 */
async function readAfterStart({ server, warm, cold }) {
  await server.restart();
  try {
    const { url, seed } = server;
    const headers = await signIn(url, seed);
    let { next } = await readPage(url, headers);
    for (let read = 0; read < WARM_UP_READS; read++) ({ next } = await readPage(url, headers));
    for (let at = 1; next; at++) {
      const page = await readPage(url, headers, next);
      checkPage(page);
      if (at >= PAGES_BEFORE) cold.push(page.ms);
      ({ next } = page);
    }
    for (let read = 0; read < WARM_READS / STARTS; read++) warm.push((await readPage(url, headers)).ms);
  } finally {
    await server.halt();
  }
}

/** A page whose values are withheld or missing would be fast for the wrong reason. */
function checkPage({ items }) {
  const faces = items.flatMap(({ fields }) => Object.values(fields).map(({ face }) => face));
  const shown = faces.filter((face) => face === 'plain' || face === 'masked').length;
  if (items.length !== 200 || shown !== 1000) throw new Error(`the page shows ${shown} of 1000 values`);
}
