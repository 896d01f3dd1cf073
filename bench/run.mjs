/** `npm run bench`: the product beside the limit. See README.md in this folder. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchChat, benchLimit, benchPrivacy, benchRelay } from './chat.mjs';
import { benchGates } from './gates.mjs';
import { benchIdle } from './idle.mjs';
import { openMariadb } from './mariadb.mjs';
import { benchNoisy } from './noisy.mjs';
import { killAllAtExit } from './processes.mjs';
import { describeMachine, formatReport } from './report.mjs';
import { benchScale } from './scale.mjs';
import { PRODUCT_MAIN } from './servers.mjs';
import { benchSignIn } from './sign-in.mjs';
import { benchSlowSocket } from './slow-socket.mjs';

const SECTIONS = [
  'chat-sqlite',
  'scale',
  'noisy',
  'slow-socket',
  'sign-in',
  'idle',
  'privacy',
  'gates',
  'chat-mariadb',
];
/** The limit without a product; only when asked for. */
const LIMIT_SECTION = 'limit';
const BUDGET_MS = 1_080_000;
/** Kept free for the end: dropping databases, removing folders. */
const RESERVE_MS = 20_000;
const HALF_RATE_RUNS_MS = 30_000;
const MARIADB_PAIRS = 2;
const MARIADB_SECS = 3;
const IDLE_ROUNDS = 3;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  only: { type: 'string', default: SECTIONS.join(',') },
  pairs: { type: 'string', default: '5' },
  secs: { type: 'string', default: '5' },
  visitors: { type: 'string', default: '100,500' },
  'stall-secs': { type: 'string', default: '60' },
  'port-base': { type: 'string', default: '21100' },
};

function positive(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: a whole number from 1 on is needed`);
  return value;
}

function readOptions(argv) {
  const { values } = parseArgs({ args: argv, options: OPTIONS });
  const only = values.only.split(',');
  for (const section of only) {
    if (![...SECTIONS, LIMIT_SECTION].includes(section)) {
      throw new Error(`--only ${section}: one of ${SECTIONS.join(', ')}, ${LIMIT_SECTION} is needed`);
    }
  }
  return {
    json: values.json,
    only,
    pairs: positive('pairs', values.pairs),
    secs: positive('secs', values.secs),
    visitors: values.visitors.split(',').map((count) => positive('visitors', count)),
    stallSecs: positive('stall-secs', values['stall-secs']),
    portBase: positive('port-base', values['port-base']),
  };
}

/** SQLite, the bar; with the bare relay beside it, so that nobody compares us with a limit that is too low. */
async function chatSqlite(context, options, report) {
  report.chat = {};
  report.bareRelayPerSec ??= {};
  for (const visitors of options.visitors) {
    context.progress(`chat on SQLite, ${visitors} visitors`);
    const relay = await benchRelay(context, visitors);
    const { pairs, secs } = options;
    const row = await benchChat(context, visitors, { pairs, secs, mariadb: null, deadline: context.deadline });
    report.bareRelayPerSec[visitors] = relay;
    report.chat[visitors] = row;
    checkLimit(report, visitors, row.limitPerSec, relay);
  }
}

function checkLimit(report, visitors, limit, relay) {
  if (limit >= relay / 2) return;
  report.failures.push(`the limit (${limit}/s, ${visitors} visitors) is below half of the bare relay (${relay}/s)`);
}

/** MariaDB, printed beside it. Gives up pairs, not the half-rate runs, when the time is short. */
async function chatMariadb(context, options, report) {
  const mariadb = await openMariadb();
  if (mariadb.reason) {
    report.chatMariadb = null;
    report.skipped.chatMariadb = mariadb.reason;
    return;
  }
  report.chatMariadb = {};
  try {
    for (const [index, visitors] of options.visitors.entries()) {
      context.progress(`chat on MariaDB, ${visitors} visitors`);
      const share = (context.deadline - performance.now()) / (options.visitors.length - index);
      const deadline = performance.now() + share - HALF_RATE_RUNS_MS;
      const pairs = Math.min(MARIADB_PAIRS, options.pairs);
      const secs = Math.min(MARIADB_SECS, options.secs);
      report.chatMariadb[visitors] = await benchChat(context, visitors, { pairs, secs, mariadb, deadline });
    }
  } finally {
    await mariadb.close();
  }
}

async function limitOnly(context, options, report) {
  report.bareRelayPerSec ??= {};
  report.limitPerSec = {};
  for (const visitors of options.visitors) {
    const relay = await benchRelay(context, visitors);
    const limit = await benchLimit(context, visitors, { secs: options.secs, mariadb: null });
    report.bareRelayPerSec[visitors] = relay;
    report.limitPerSec[visitors] = limit;
    checkLimit(report, visitors, limit, relay);
  }
}

async function privacy(context, _options, report) {
  context.progress('cost of privacy, 100 visitors');
  report.privacy = await benchPrivacy(context);
}

async function gates(context, _options, report) {
  context.progress('lists of 200 people through the gate');
  report.gates = await benchGates(context, report.privacy?.throughputCost ?? null);
}

async function scale(context, _options, report) {
  context.progress('lists, search and history at 10,000 and at 1,000,000 messages');
  Object.assign(report, await benchScale(context));
}

async function noisy(context, _options, report) {
  context.progress('a tenant fifty times as busy as the others');
  report.noisy = await benchNoisy(context);
}

async function slowSocket(context, { stallSecs }, report) {
  context.progress(`a socket that reads nothing for ${stallSecs} s`);
  report.slowSocket = await benchSlowSocket(context, stallSecs);
}

async function signIn(context, _options, report) {
  context.progress('refused sign-ins, of known and of unknown addresses');
  report.signIn = await benchSignIn(context);
}

async function idle(context, _options, report) {
  context.progress('idle connections');
  report.idleConnection = await benchIdle(context, { rounds: IDLE_ROUNDS });
}

const RUNNERS = {
  'chat-sqlite': chatSqlite,
  'chat-mariadb': chatMariadb,
  limit: limitOnly,
  privacy,
  gates,
  idle,
  scale,
  noisy,
  'slow-socket': slowSocket,
  'sign-in': signIn,
};

/** Runs what the arguments ask for, prints the report, answers the exit code. */
export async function main(argv) {
  const startedAt = performance.now();
  const options = readOptions(argv);
  killAllAtExit();
  const progress = (line) => process.stderr.write(`${line}\n`);
  const context = { progress, portBase: options.portBase, deadline: startedAt + BUDGET_MS - RESERVE_MS };
  const report = { skipped: {}, failures: [] };
  const needsProduct = options.only.some((section) => section !== LIMIT_SECTION);
  if (needsProduct && !existsSync(PRODUCT_MAIN)) throw new Error(`${PRODUCT_MAIN} is missing: npm run build`);
  for (const section of [...SECTIONS, LIMIT_SECTION]) {
    if (!options.only.includes(section)) continue;
    if (performance.now() > context.deadline) {
      report.failures.push(`${section}: no time left of ${BUDGET_MS / 1000} s`);
      continue;
    }
    try {
      await RUNNERS[section](context, options, report);
    } catch (error) {
      report.failures.push(`${section}: ${error.message}`);
    }
  }
  report.machine = describeMachine(startedAt);
  process.stdout.write(`${options.json ? JSON.stringify(report) : formatReport(report)}\n`);
  for (const failure of report.failures) progress(`FAILED ${failure}`);
  return report.failures.length === 0 ? 0 : 1;
}
