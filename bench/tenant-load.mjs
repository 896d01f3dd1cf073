/**
 * The load of one tenant, in a process of its own: visitors who write at a fixed rate to their agents, and lists that an
 * agent reads at a fixed rate. Takes orders over IPC: {kind: 'open', url, seed, visitors}, then
 * {kind: 'run', secs, messagesPerSec, listsPerSec}; answers each with {result} or {failure}.
 */
import { decodeBody, encodeBody } from './body.mjs';
import { callOk } from './http-client.mjs';
import { openDriver } from './load-product.mjs';
import { signIn } from './people.mjs';
import { percentile } from './statistics.mjs';

const VISITORS_PER_AGENT = 20;
const DRAIN_MS = 20_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let tenant;

async function open({ url, seed, visitors }) {
  const delivered = new Map();
  const agents = Math.max(1, Math.ceil(visitors / VISITORS_PER_AGENT));
  const onDelivered = (text) => delivered.set(text, performance.now());
  const driver = await openDriver({ url, seed, visitors, agents, onDelivered });
  const numbers = new Array(visitors).fill(2);
  tenant = { url, driver, delivered, numbers, headers: await signIn(url, seed) };
}

/** Calls `act` `perSec` times a second until the time is over, whether or not earlier calls have ended. */
async function atRate(perSec, secs, act) {
  if (perSec === 0) return;
  const startedAt = performance.now();
  for (let done = 0; ; await wait(1)) {
    const elapsed = (performance.now() - startedAt) / 1000;
    if (elapsed >= secs) return;
    for (const due = Math.floor(elapsed * perSec); done < due; done++) act(done);
  }
}

async function run({ secs, messagesPerSec, listsPerSec }) {
  const { driver, numbers, url, headers, delivered } = tenant;
  delivered.clear();
  const [sent, refused, reads, lists] = [[], [], [], []];
  const say = (count) => {
    const visitor = count % driver.senders.length;
    const number = ++numbers[visitor];
    const text = encodeBody(visitor, number, performance.now());
    sent.push(text);
    driver.senders[visitor](text, number, (answer) => answer.ok || refused.push(answer.code));
  };
  const read = () => {
    const startedAt = performance.now();
    const reading = callOk(`${url}/api/v1/chat/conversations?view=mine&limit=50`, { headers }).then(
      () => lists.push(performance.now() - startedAt),
      (error) => refused.push(error.message),
    );
    reads.push(reading);
  };
  await Promise.all([atRate(messagesPerSec, secs, say), atRate(listsPerSec, secs, read)]);
  for (const until = performance.now() + DRAIN_MS; delivered.size < sent.length && performance.now() < until; )
    await wait(10);
  await Promise.all(reads);
  const times = sent.flatMap((text) => (delivered.has(text) ? [delivered.get(text) - decodeBody(text).sentAt] : []));
  const faults = [...new Set(refused)];
  if (times.length < sent.length) faults.push(`${sent.length - times.length} of ${sent.length} messages never arrived`);
  return { sent: sent.length, messageP95: percentile(times, 0.95), listP95: percentile(lists, 0.95), faults };
}

process.on('disconnect', () => process.exit(0));
process.on('message', async (order) => {
  try {
    process.send({ result: (await (order.kind === 'open' ? open(order) : run(order))) ?? order.kind });
  } catch (error) {
    process.send({ failure: error instanceof Error ? error.message : String(error) });
  }
});
