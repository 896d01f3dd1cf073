/**
 * The load, in a process of its own: N visitors and one agent for each 20 of them. Started with an IPC channel; takes
 * orders ({kind: 'run' | 'open' | 'turn' | 'end' | 'idle' | 'close', …}) and answers each with {result} or {failure}; a
 * run is an open, one turn and an end, a close ends what is idle. The same loop drives limit and product, so what it
 * costs, it costs both.
 */
import { createHash } from 'node:crypto';
import { decodeBody, encodeBody } from './body.mjs';
import * as limit from './load-limit.mjs';
import * as product from './load-product.mjs';
import { percentile } from './statistics.mjs';

const VISITORS_PER_AGENT = 20;
const DRAIN_MS = 10_000;
const drivers = { limit, product };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Closed loop: each visitor sends the next message when the last one is acknowledged. */
function closedLoop(state, senders) {
  const sendNext = (visitor) => {
    if (!state.sending) return;
    state.send(visitor, senders[visitor], () => sendNext(visitor));
  };
  for (let visitor = 0; visitor < senders.length; visitor++) sendNext(visitor);
}

/** Open loop: `rate` messages a second, spread over the visitors in turn, whether or not answers come. */
function fixedRate(state, senders, rate) {
  const startedAt = performance.now();
  let sent = 0;
  const tick = () => {
    if (!state.sending) return;
    const due = Math.floor(((performance.now() - startedAt) / 1000) * rate);
    for (; sent < due; sent++) {
      const visitor = sent % senders.length;
      state.send(visitor, senders[visitor], () => {});
    }
    setTimeout(tick, 1);
  };
  tick();
}

/** Everything that is counted in one run. Bodies are kept as they come and compared when the clock has stopped. */
function createState() {
  const state = {
    sending: true,
    measuring: false,
    outstanding: 0,
    acked: 0,
    delivered: 0,
    refused: new Map(),
    numbers: [],
    ackedBodies: [],
    deliveredBodies: [],
    latencies: [],
  };
  state.send = (visitor, sender, next) => {
    const number = (state.numbers[visitor] ?? 0) + 1;
    state.numbers[visitor] = number;
    const body = encodeBody(visitor, number, performance.now());
    state.outstanding++;
    sender(body, number, (answer) => {
      state.outstanding--;
      if (!answer.ok) {
        const code = answer.code ?? 'without a code';
        state.refused.set(code, (state.refused.get(code) ?? 0) + 1);
        return;
      }
      if (state.measuring) state.acked++;
      state.ackedBodies.push(body);
      next();
    });
  };
  state.deliver = (text) => {
    state.deliveredBodies.push(text);
    if (!state.measuring) return;
    state.delivered++;
    state.latencies.push(performance.now() - decodeBody(text).sentAt);
  };
  return state;
}

/** SHA-256 over the sorted bodies: equal exactly when the same messages are there the same number of times. */
function digest(bodies) {
  const hash = createHash('sha256');
  for (const body of bodies.toSorted()) hash.update(body).update('\n');
  return hash.digest('hex');
}

/** Bodies of one visitor reach the agent in the order in which they were sent. */
function countDisorder(bodies) {
  const last = new Map();
  let disorder = 0;
  for (const body of bodies) {
    const { visitor, number } = decodeBody(body);
    if (number <= (last.get(visitor) ?? 0)) disorder++;
    last.set(visitor, number);
  }
  return disorder;
}

async function drain(state) {
  const until = performance.now() + DRAIN_MS;
  const complete = () => state.outstanding === 0 && state.deliveredBodies.length >= state.ackedBodies.length;
  while (!complete() && performance.now() < until) await wait(20);
}

async function measure(state, driver, order) {
  if (order.rate) fixedRate(state, driver.senders, order.rate);
  else closedLoop(state, driver.senders);
  await wait(order.warmUpMs);
  const startedAt = performance.now();
  state.measuring = true;
  await wait(order.secs * 1000);
  state.measuring = false;
  const seconds = (performance.now() - startedAt) / 1000;
  state.sending = false;
  await drain(state);
  return seconds;
}

/** What went wrong with the messages, in sentences; empty when all that was acknowledged is where it must be. */
function findFaults(state, sent, readBack) {
  const faults = [];
  for (const [code, count] of state.refused) faults.push(`${count} messages refused: ${code}`);
  if (state.outstanding > 0) faults.push(`${state.outstanding} messages never acknowledged`);
  const [acked, delivered] = [state.ackedBodies, state.deliveredBodies];
  if (digest(acked) !== digest(delivered)) {
    faults.push(`agents received ${delivered.length} messages, not the ${acked.length} acknowledged ones`);
  }
  const disorder = countDisorder(delivered);
  if (disorder > 0) faults.push(`${disorder} messages reached an agent out of order`);
  if (readBack && digest(readBack) !== digest(sent)) {
    faults.push(`sync answered ${readBack.length} messages, not the ${sent.length} acknowledged ones`);
  }
  return faults;
}

/** Connects visitors and agents; nothing is counted yet. */
async function open(order) {
  const state = createState();
  const agents = Math.max(1, Math.ceil(order.visitors / VISITORS_PER_AGENT));
  const driver = await drivers[order.driver].openDriver({
    ...order,
    agents,
    onDelivered: (text) => state.deliver(text),
  });
  // Set-up messages reached the agents before the clock started; they count only for what is read back.
  for (const body of driver.setUpBodies) state.numbers[decodeBody(body).visitor] = decodeBody(body).number;
  state.deliveredBodies = [];
  return { state, driver };
}

/** One stretch of load on what is open. */
async function turn({ state, driver }, order) {
  Object.assign(state, { sending: true, acked: 0, delivered: 0, latencies: [] });
  const seconds = await measure(state, driver, order);
  return {
    ackedPerSec: Math.round(state.acked / seconds),
    deliveredPerSec: Math.round(state.delivered / seconds),
    p50: percentile(state.latencies, 0.5),
    p99: percentile(state.latencies, 0.99),
    acked: state.acked,
    delivered: state.delivered,
  };
}

/** Compares all that was sent with what arrived and what is kept, and disconnects. */
async function end({ state, driver }, order) {
  const sent = [...driver.setUpBodies, ...state.ackedBodies];
  const readBack = driver.readBack && order.readBack ? await driver.readBack() : null;
  const faults = findFaults(state, sent, readBack);
  driver.close();
  return {
    /** All that the server acknowledged, set-up and warm-up included: as many rows must exist. */
    sent: sent.length,
    sentBodies: digest(sent),
    faults,
  };
}

async function run(order) {
  const opened = await open(order);
  return { ...(await turn(opened, order)), ...(await end(opened, order)) };
}

let closeIdle = () => {};
let opened;

async function obey(order) {
  const { kind } = order;
  if (kind === 'run') return run(order);
  if (kind === 'turn') return turn(opened, order);
  if (kind === 'end') return end(opened, order);
  if (kind === 'open') opened = await open(order);
  else if (kind === 'close') closeIdle();
  else closeIdle = await drivers[order.driver].openIdle(order);
  return kind;
}

process.on('disconnect', () => process.exit(0));
process.on('message', async (order) => {
  try {
    process.send({ result: await obey(order) });
  } catch (error) {
    process.send({ failure: error instanceof Error ? error.message : String(error) });
  }
});
