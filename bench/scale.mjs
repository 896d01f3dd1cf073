/**
 * What lists, search and history take in a product with 1,000,000 messages of 100 tenants, beside the same product with
 * 10,000. Both run at the same time; they are asked alternately, through HTTP, and every answer is compared with what
 * was written.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { callOk } from './http-client.mjs';
import { makePeople } from './people.mjs';
import { BUSY, MEMBERS, mobileOf, NEWCOMER, SUPERVISOR, TENANTS, textOf } from './scale/shape.mjs';
import { startProduct } from './servers.mjs';
import { allowed, median, percentile, round } from './statistics.mjs';

const SIZES = { '10k': 10_000, '1M': 1_000_000 };
const ROUNDS = 5;
/** Requests of one kind in one round. */
const READS = 40;
const WARM_UP_READS = 20;
const PAGE = 50;
/** Which part of the list lies before the deep page. */
const DEEP = 0.7;
const root = join(import.meta.dirname, '..');
const LOADER = join(root, 'libs/privacy/src/testing/typescript-loader.mjs');

/** `{ list, search, history, scale }` of the report. */
export async function benchScale(context) {
  const products = [];
  try {
    for (const [size, messages] of Object.entries(SIZES)) products.push(await openFilled(context, size, messages));
    const kinds = Object.keys(KINDS);
    for (const product of products) for (const kind of kinds) await measure(product, kind, WARM_UP_READS);
    for (let at = 0; at < ROUNDS; at++) {
      const order = at % 2 === 0 ? products : products.toReversed();
      for (const kind of kinds) {
        for (const product of order) product.rounds[kind].push(await measure(product, kind, READS));
      }
    }
    return summarise(context, products);
  } catch (error) {
    for (const { server } of products) for (const line of server.faults()) context.progress(`  ${line}`);
    throw error;
  } finally {
    for (const { server } of products) {
      await server.halt();
      server.remove();
    }
  }
}

/** A product that has a person of its own making, filled while it is stopped, started again and signed in to. */
async function openFilled({ portBase, progress }, size, messages) {
  const startedAt = performance.now();
  const server = await startProduct({ agents: MEMBERS, portBase });
  try {
    await makePeople(server, 1);
    await server.halt();
    const { list } = await fill(server.home, messages);
    progress(`  ${size}: ${messages} messages of ${TENANTS} tenants in ${elapsed(startedAt)} s`);
    await server.restart();
    const members = [];
    for (const credentials of server.seed.agents) members.push(await signIn(server.url, credentials));
    const rounds = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
    const supervisor = members[SUPERVISOR];
    return { size, server, url: server.url, members, supervisor, list, rounds, searched: 0 };
  } catch (error) {
    await server.halt();
    server.remove();
    throw error;
  }
}

const elapsed = (since) => Math.round((performance.now() - since) / 1000);

function fill(home, messages) {
  const argv = ['--import', `file://${LOADER}`, join(import.meta.dirname, 'scale/fill.mjs'), home, String(messages)];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(parts).toString('utf8')));
      else reject(new Error(`filling ${home} ended with ${code}`));
    });
  });
}

async function signIn(url, credentials) {
  const own = { origin: new URL(url).origin };
  const { cookies } = await callOk(`${url}/api/v1/account/sign-in`, {
    method: 'POST',
    headers: own,
    body: credentials,
  });
  return { ...own, cookie: cookies.join('; ') };
}

/** Milliseconds of `count` requests of one kind, one after another. */
async function measure(product, kind, count) {
  const times = [];
  for (let read = 0; read < count; read++) times.push(await KINDS[kind].read(product, read));
  return times;
}

async function timed(url, options) {
  const startedAt = performance.now();
  const { body } = await callOk(url, options);
  return { ms: performance.now() - startedAt, body };
}

/** Somewhere in the last half, where the page is full. */
const deepPlace = (list) => randomInt(Math.floor(list.length / 2), list.length - PAGE);

async function readList({ url, supervisor }, headers, view, expected, before) {
  const cursor = before && `${before.lastAt}.${before.id}`;
  const query = new URLSearchParams({ view, limit: String(PAGE), ...(cursor && { cursor }) });
  const { ms, body } = await timed(`${url}/api/v1/chat/conversations?${query}`, { headers });
  checkList(body.items, expected.slice(0, PAGE), headers === supervisor);
  return ms;
}

/** The page after row `at` of what a supervisor sees. */
function readAfter(product, at) {
  return readList(product, product.supervisor, 'all', product.list.slice(at + 1), product.list[at]);
}

/** Order, numbers and newest words of each row. Of what nobody has, an agent sees a headline without words. */
function checkList(items, expected, seesAll) {
  if (items.length !== expected.length) throw new Error(`the list shows ${items.length} of ${expected.length} rows`);
  for (const [at, { id, seq, preview }] of items.entries()) {
    const one = expected[at];
    const words = seesAll || one.member !== null ? textOf(one.index, one.messages) : undefined;
    if (id !== one.id || seq !== one.messages || preview?.text !== words) {
      throw new Error(`row ${at} of the list is not what was written: ${JSON.stringify(items[at])}`);
    }
  }
}

function readPageOf(view, isListed, memberAt) {
  return (product) => {
    const headers = product.members[memberAt];
    const key = `${view} ${memberAt}`;
    product.lists ??= {};
    product.lists[key] ??= product.list.filter(isListed);
    return readList(product, headers, view, product.lists[key]);
  };
}

async function readItems({ url, supervisor }, { id, index, messages }, before) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before: String(before) }) });
  const { ms, body } = await timed(`${url}/api/v1/chat/conversations/${id}/items?${query}`, { headers: supervisor });
  const numbers = body.items.filter(({ kind }) => kind === 'message').map(({ seq }) => seq);
  // Revision 2 was the taking of it; beside messages a page may hold that change.
  const last = before === undefined ? messages : before - 2;
  const least = Math.max(1, last - PAGE + 1);
  const isWhole = numbers.every((seq, at) => seq === numbers[0] + at) && numbers.at(-1) === last;
  const isRead = body.items.every(({ kind, seq, text }) => kind !== 'message' || text === textOf(index, seq));
  if (!isWhole || !isRead || numbers[0] > least + 1) throw new Error(`history of ${id} before ${before} is not whole`);
  return ms;
}

/** A member may search 120 times an hour, so searches are spread over several. */
async function search(product, index) {
  const headers = product.members[product.searched++ % BUSY];
  const options = { method: 'POST', headers, body: { q: mobileOf(index) } };
  const { ms, body } = await timed(`${product.url}/api/v1/crm/contacts/searches`, options);
  const faces = Object.values(body.items[0]?.fields ?? {}).map(({ face }) => face);
  if (body.items.length !== 1 || faces.some((face) => face !== 'masked')) {
    throw new Error(`searching person ${index} found ${JSON.stringify(body.items)}`);
  }
  return ms;
}

const isOwn =
  (memberAt) =>
  ({ member }) =>
    member === memberAt;
const isFree = ({ state }) => state === 'queued';
const some = (list) => list[randomInt(list.length)];

/** What is measured. `first` and `deep` are a supervisor's, who sees all; the others an agent's. */
const KINDS = {
  'list.first': { read: readPageOf('all', () => true, SUPERVISOR) },
  'list.deep': { read: (product) => readAfter(product, Math.floor(product.list.length * DEEP)) },
  // Another place each time: people whom nobody has looked at, so their keys and decisions are read too.
  'list.anywhere': { read: (product) => readAfter(product, deepPlace(product.list)) },
  'list.reachable': { read: readPageOf('all', (row) => isOwn(0)(row) || isFree(row), 0) },
  'list.newcomer': { read: readPageOf('all', isFree, NEWCOMER) },
  'list.mine': { read: readPageOf('mine', (row) => isOwn(0)(row) && row.state !== 'resolved', 0) },
  'list.unassigned': { read: readPageOf('unassigned', isFree, 0) },
  // An agent finds people of own conversations and of those that nobody has.
  search: {
    read: (product) => {
      const member = product.searched % BUSY;
      return search(product, some(product.list.filter((row) => isOwn(member)(row) || isFree(row))).index);
    },
  },
  'history.last': { read: (product) => readItems(product, longOf(product)) },
  'history.deep': {
    read: (product) => {
      const { messages } = longOf(product);
      return readItems(product, longOf(product), randomInt(PAGE + 2, messages + 1));
    },
  },
  'history.any': { read: (product) => readItems(product, some(product.list)) },
};

const longOf = ({ list }) => list[0];

function summarise({ progress }, products) {
  const [small, large] = products;
  const parts = {};
  for (const kind of Object.keys(KINDS)) {
    parts[kind] = { p95At10k: p95Of(small.rounds[kind]), p95At1M: p95Of(large.rounds[kind]) };
    const { p95At10k: a, p95At1M: b } = parts[kind];
    progress(`  ${kind}: p95 ${a.ms} ms (${a.min} to ${a.max}) at 10k, ${b.ms} ms (${b.min} to ${b.max}) at 1M`);
  }
  return { list: groupOf(parts, 'list'), search: groupOf(parts, 'search'), history: groupOf(parts, 'history') };
}

/** The 95th percentile of a round; of the rounds the median, the least and the greatest. */
function p95Of(rounds) {
  const values = rounds.map((times) => percentile(times, 0.95));
  return { ms: round(median(values), 2), min: Math.min(...values), max: Math.max(...values) };
}

/** The kinds of one name: the worst of them stands for all, each is beside it. */
function groupOf(parts, name) {
  const own = Object.entries(parts).filter(([kind]) => kind.split('.')[0] === name);
  const over = ([, { p95At10k, p95At1M }]) => p95At1M.ms - allowed(p95At10k.ms);
  const [, worst] = own.toSorted((one, other) => over(other) - over(one))[0];
  const kinds = own.length > 1 ? { kinds: Object.fromEntries(own) } : { spread: worst };
  return { p95At10k: worst.p95At10k.ms, p95At1M: worst.p95At1M.ms, ...kinds };
}
