/**
 * Whether the time of a refused sign-in tells who has an account: an unknown address and a known one with a wrong
 * password, alternately, each pair from a network of its own, so that no lock comes in between.
 */
import { call } from './http-client.mjs';
import { startProduct } from './servers.mjs';
import { median, round } from './statistics.mjs';

const PAIRS = 120;
const WARM_UP_PAIRS = 8;
const AGENTS = 4;
/** Of the standard error of the median; what lies within is noise. */
const MOST_ERRORS = 3;
/** Of no use to whoever asks through a network, however often. */
const LEAST_MS = 0.5;

/** `{ unknownMs, knownMs, differenceMs, errorMs }`: medians, that of the differences within a pair, and its error. */
export async function benchSignIn({ portBase, progress }) {
  const server = await startProduct({ agents: AGENTS, portBase, more: { CUSTODIA_TRUSTED_PROXIES: '127.0.0.1' } });
  try {
    const pairs = [];
    for (let pair = -WARM_UP_PAIRS; pair < PAIRS; pair++) {
      const number = pair + WARM_UP_PAIRS;
      const known = () => refused(server.url, server.seed.agents[number % AGENTS].identifier, number);
      const unknown = () => refused(server.url, `nobody-${number}@bench.invalid`, number);
      const isKnownFirst = number % 2 === 0;
      const first = await (isKnownFirst ? known() : unknown());
      const second = await (isKnownFirst ? unknown() : known());
      if (pair >= 0) pairs.push(isKnownFirst ? { known: first, unknown: second } : { known: second, unknown: first });
    }
    const result = compareTimes(pairs);
    progress(`  unknown ${result.unknownMs} ms, known ${result.knownMs} ms: ${JSON.stringify(result)}`);
    return result;
  } finally {
    await server.halt();
    server.remove();
  }
}

/** Milliseconds of one refusal; any other answer is an error. */
async function refused(url, identifier, number) {
  const headers = { origin: new URL(url).origin, 'x-forwarded-for': `198.18.${number}.1` };
  const body = { identifier, password: 'this-is-not-the-password' };
  const startedAt = performance.now();
  const answer = await call(`${url}/api/v1/account/sign-in`, { method: 'POST', headers, body });
  const ms = performance.now() - startedAt;
  if (answer.status !== 401 || answer.body.code !== 'account.credentials-invalid') {
    throw new Error(`a wrong password was answered ${answer.status} ${answer.body.code}`);
  }
  return ms;
}

function compareTimes(pairs) {
  const differences = pairs.map(({ known, unknown }) => known - unknown);
  const middle = median(differences);
  const spread = 1.4826 * median(differences.map((one) => Math.abs(one - middle)));
  return {
    unknownMs: round(median(pairs.map(({ unknown }) => unknown)), 2),
    knownMs: round(median(pairs.map(({ known }) => known)), 2),
    differenceMs: round(middle, 3),
    errorMs: round((1.2533 * spread) / Math.sqrt(pairs.length), 3),
    slowerKnown: round(differences.filter((one) => one > 0).length / pairs.length, 2),
  };
}

/** True when the times tell nothing. */
export function isEven({ differenceMs, errorMs }) {
  return Math.abs(differenceMs) <= Math.max(LEAST_MS, MOST_ERRORS * errorMs);
}
