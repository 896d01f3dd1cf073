import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below every system's ports for outgoing connections (Linux from 32768, others from 49152): what the system hands
 * out by itself can belong to somebody's connection a moment after it was found free. Above 10080, which neither browsers
 * nor `fetch` call (the list of bad ports of the fetch standard).
 */
const [LOWEST, HIGHEST] = [10_081, 32_000];
const TRIES = 50;

/**
 * A port on 127.0.0.1 that nobody listens on, drawn by lot so that tests of other processes, which look for theirs at
 * the same time, do not come upon it before it is used. Throws when fifty in a row are taken.
 */
export async function freePort() {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await canListen(port)) return port;
  }
  throw new Error(`no free port found between ${LOWEST} and ${HIGHEST} in ${TRIES} tries`);
}

function canListen(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
