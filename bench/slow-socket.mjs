/**
 * An agent's socket that stops reading while 10,000 messages flow (C11): what it costs the server in memory, when it is
 * cut off, that the agent's other socket feels nothing, and that the client then has exactly all messages.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { encodeBody } from './body.mjs';
import { callOk } from './http-client.mjs';
import { openDriver } from './load-product.mjs';
import { signIn } from './people.mjs';
import { residentBytes } from './processes.mjs';
import { startProduct } from './servers.mjs';
import { round } from './statistics.mjs';

const MESSAGES = 10_000;
const VISITORS = 20;
/** Long enough that all of them are more than may wait for one client. */
const BODY = 3_000;
const FILLER = '-'.repeat(BODY);
/** Sent before, so that the server has grown as it does without anybody being slow. */
const BEFORE = 2_000;
/** As fast as it takes for the bound to be met before the missing heartbeat ends the line. */
const SHARE_OF_STALL = 0.25;
const SAMPLE_MS = 250;
const SETTLE_MS = 60_000;
const PAGE = 100;
const MB = 1024 * 1024;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the product promises (docs/widget-protocol.md 5), and the largest page that may come on top. */
const BOUND_MB = 16 + 4;

export async function benchSlowSocket({ portBase, progress }, stallSecs) {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-bench-sockets-'));
  const sockets = join(folder, 'sockets.json');
  const watched = { watch: ['watch-sockets.mjs'], more: { BENCH_SOCKETS: sockets } };
  const server = await startProduct({ agents: 1, portBase, ...watched });
  try {
    const result = await stall(server, sockets, stallSecs);
    progress(`  ${JSON.stringify(result)}`);
    return result;
  } finally {
    await server.halt();
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function stall(server, sockets, stallSecs) {
  const { url, seed, pid } = server;
  const live = new Set();
  const onDelivered = (text) => live.add(text);
  const driver = await openDriver({ url, seed, visitors: VISITORS, agents: 1, onDelivered });
  const sender = numbered(driver, live);
  const slow = await openSlow(url, seed, new Set(driver.setUpBodies));
  await sender.send(BEFORE, 2);
  const rssBefore = await settled(pid);
  slow.line.pause();
  const pausedAt = performance.now();
  const watch = watchMemory(pid, sockets, pausedAt);
  await sender.send(MESSAGES, stallSecs * SHARE_OF_STALL);
  await wait(Math.max(0, stallSecs * 1000 - (performance.now() - pausedAt)));
  const { rssMost, waitingMost, cutAfterSecs } = watch.stop();
  slow.line.resume();
  await slow.catchUp();
  driver.close();
  const sent = [...driver.setUpBodies, ...sender.sent];
  const isWhole = slow.texts.size === sent.length && sent.every((text) => slow.texts.has(text));
  if (!isWhole) throw new Error(`the slow client has ${slow.texts.size} of ${sent.length} messages`);
  const rssAfter = await settled(pid);
  const inMb = (bytes) => round(bytes / MB, 1);
  if (inMb(waitingMost) > BOUND_MB) throw new Error(`${inMb(waitingMost)} MB waited for one client`);
  return {
    ...{ stallSecs, messages: MESSAGES, sentMb: inMb(MESSAGES * BODY), waitingMostMb: inMb(waitingMost) },
    ...{ boundMb: BOUND_MB, cutAfterSecs, caughtUp: slow.texts.size, ofThemBySync: slow.bySync() },
    ...{ rssBeforeMb: inMb(rssBefore), rssMostMb: inMb(rssMost), rssAfterMb: inMb(rssAfter) },
  };
}

/** Sends `count` messages within `secs`, and waits until the agent's healthy socket has all of them. */
function numbered({ senders }, live) {
  const numbers = new Array(senders.length).fill(2);
  const sent = [];
  const send = async (count, secs) => {
    const until = sent.length + count;
    const refused = [];
    const [startedAt, from] = [performance.now(), sent.length];
    while (sent.length < until) {
      const due = Math.min(until, from + Math.ceil(((performance.now() - startedAt) / 1000 / secs) * count));
      while (sent.length < due) {
        const visitor = sent.length % senders.length;
        const number = ++numbers[visitor];
        const text = `${encodeBody(visitor, number, performance.now())}${FILLER}`.slice(0, BODY);
        sent.push(text);
        senders[visitor](text, number, (answer) => answer.ok || refused.push(answer.code));
      }
      await wait(5);
    }
    const end = performance.now() + SETTLE_MS;
    while (sent.some((text) => !live.has(text)) && performance.now() < end) await wait(50);
    const missing = sent.filter((text) => !live.has(text)).length;
    if (missing + refused.length > 0) {
      throw new Error(
        `the healthy socket lacks ${missing} messages, ${refused.length} were refused ${refused[0] ?? ''}`,
      );
    }
  };
  return { sent, send };
}

/** A second socket of the agent that keeps what it is shown, whichever way it came. */
async function openSlow(url, seed, known) {
  const headers = await signIn(url, seed);
  const texts = new Set(known);
  const revisions = new Map();
  let synced = 0;
  const keep = ({ kind, text }) => kind === 'message' && texts.add(text);
  const connect = async () => {
    const socket = io(`${url}/agent`, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: headers },
    });
    socket.on('item', keep);
    await new Promise((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return socket;
  };
  const first = await connect();
  const { items } = (await callOk(`${url}/api/v1/chat/conversations?view=mine&limit=100`, { headers })).body;
  for (const { id, revision } of items) revisions.set(id, revision);
  /** As a client does it: back if the line was cut, then everything after what is known of each conversation. */
  const catchUp = async () => {
    await wait(2_000);
    const socket = first.connected ? first : await connect();
    for (const [conversationId, known] of revisions) {
      for (let [after, more] = [known, true]; more; ) {
        const page = await socket.timeout(SETTLE_MS).emitWithAck('sync', { conversationId, after, limit: PAGE });
        if (!page.ok) throw new Error(`sync was refused: ${page.code}`);
        const before = texts.size;
        page.items.forEach(keep);
        synced += texts.size - before;
        ({ upTo: after, more } = page);
      }
    }
    socket.disconnect();
  };
  return { texts, line: first.io.engine.transport.ws._socket, catchUp, bySync: () => synced };
}

/** Resident memory after collecting garbage. */
async function settled(pid) {
  process.kill(pid, 'SIGUSR2');
  await wait(1_000);
  return residentBytes(pid);
}

/** The most that the process held while the client did not read, and when it stopped holding anything for it. */
function watchMemory(pid, sockets, since) {
  let [rssMost, waitingMost, cutAfterSecs, held] = [0, 0, null, false];
  const timer = setInterval(() => {
    rssMost = Math.max(rssMost, residentBytes(pid));
    const { most, waiting } = JSON.parse(readFileSync(sockets, 'utf8') || '{"most":0,"waiting":0}');
    waitingMost = most;
    if (waiting > MB) held = true;
    else if (held && cutAfterSecs === null) cutAfterSecs = Math.round((performance.now() - since) / 1000);
  }, SAMPLE_MS);
  const stop = () => {
    clearInterval(timer);
    return { rssMost, waitingMost, cutAfterSecs };
  };
  return { stop };
}
