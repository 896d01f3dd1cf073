import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { isEven } from './sign-in.mjs';
import { allowed, round } from './statistics.mjs';

/** What the design asks for (docs/performance.md). */
export const TARGETS = {
  ratio: 0.6,
  p99Factor: 2.5,
  throughputCost: 0.2,
  idleRatio: 1.5,
  listWarmMs: 15,
  listColdMs: 40,
  noisyRatio: 2,
};

/** What the figures were measured on; figures of two machines are compared by ratio only. */
export function describeMachine(startedAt) {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAverage: Number(readFileSync('/proc/loadavg', 'utf8').split(' ', 1)[0]),
    node: process.version,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

const mark = (isMet) => (isMet ? 'met' : 'MISSED');

function chatLines(title, chat) {
  return Object.entries(chat).flatMap(([visitors, row]) => [
    `${title}, ${visitors} visitors`,
    `  messages a second   ${row.perSec} of ${row.limitPerSec}`,
    `  ratio               ${row.ratio} (${row.ratioMin} to ${row.ratioMax}; at least ${TARGETS.ratio}: ${mark(row.ratio >= TARGETS.ratio)})`,
    `  p99 at half rate    ${row.p99Ms} ms beside ${row.limitP99Ms} ms (at most ${TARGETS.p99Factor}x: ${mark(row.p99Ms <= row.limitP99Ms * TARGETS.p99Factor)})`,
  ]);
}

/** List, search and history beside their small selves; where a figure has several kinds, each of them. */
function scaleLines(report) {
  return ['list', 'search', 'history'].flatMap((name) => {
    const { kinds = { [name]: report[name]?.spread } } = report[name] ?? { kinds: {} };
    return Object.entries(kinds).map(([kind, { p95At10k: small, p95At1M: large }]) => {
      const most = round(allowed(small.ms), 2);
      const spread = ({ ms, min, max }) => `${ms} ms (${min} to ${max})`;
      return `${kind}: p95 ${spread(large)} at 1M, ${spread(small)} at 10k (at most ${most}: ${mark(large.ms <= most)})`;
    });
  });
}

function crowdLines({ noisy, slowSocket, signIn }) {
  const lines = [];
  for (const [what, { idleP95Ms, noisyP95Ms, ratio, ratioMin, ratioMax }] of Object.entries(noisy ?? {})) {
    const met = mark(ratio <= TARGETS.noisyRatio);
    const ratios = `${ratio}x (${ratioMin} to ${ratioMax}; at most ${TARGETS.noisyRatio}x: ${met})`;
    lines.push(`${what} beside a noisy tenant: p95 ${noisyP95Ms} ms, idle ${idleP95Ms} ms, ${ratios}`);
  }
  if (slowSocket) {
    const { stallSecs, waitingMostMb, boundMb, rssBeforeMb, rssMostMb, caughtUp } = slowSocket;
    const waiting = `${waitingMostMb} MB waited (at most ${boundMb}: ${mark(waitingMostMb <= boundMb)})`;
    lines.push(
      `socket that reads nothing for ${stallSecs} s: ${waiting}, resident ${rssBeforeMb} to ${rssMostMb} MB, ` +
        `then all ${caughtUp} messages`,
    );
  }
  if (signIn) {
    const { unknownMs, knownMs, differenceMs, errorMs } = signIn;
    const even = `difference ${differenceMs} ms, its error ${errorMs} ms: ${mark(isEven(signIn))}`;
    lines.push(`refused sign-in: unknown ${unknownMs} ms, known ${knownMs} ms (${even})`);
  }
  return lines;
}

/** The report as lines for people. */
export function formatReport(report) {
  const lines = [];
  const { chat, chatMariadb, privacy, gates, idleConnection, bareRelayPerSec, limitPerSec, skipped, machine } = report;
  if (bareRelayPerSec) lines.push(`bare relay, messages a second: ${JSON.stringify(bareRelayPerSec)}`);
  if (limitPerSec) lines.push(`limit, messages a second: ${JSON.stringify(limitPerSec)}`);
  if (chat) lines.push(...chatLines('chat on SQLite', chat));
  if (chatMariadb) lines.push(...chatLines('chat on MariaDB', chatMariadb));
  lines.push(...scaleLines(report), ...crowdLines(report));
  if (privacy) {
    const isMet = privacy.throughputCost <= TARGETS.throughputCost;
    lines.push(
      `privacy costs ${privacy.throughputCost} of throughput (${privacy.costMin} to ${privacy.costMax}; at most ${TARGETS.throughputCost}: ${mark(isMet)})`,
    );
  }
  if (gates) {
    const { listP95AddedMsWarm: warm, listP95AddedMsCold: cold } = gates;
    lines.push(
      `list of 200 people: p95 +${warm} ms warm (at most ${TARGETS.listWarmMs}: ${mark(warm <= TARGETS.listWarmMs)}), ` +
        `+${cold} ms cold (at most ${TARGETS.listColdMs}: ${mark(cold <= TARGETS.listColdMs)})`,
    );
  }
  if (idleConnection) {
    const { bytes, bareBytes, ratio } = idleConnection;
    const isMet = ratio <= TARGETS.idleRatio;
    lines.push(
      `idle connection ${bytes} of ${bareBytes} bytes, ${ratio}x (at most ${TARGETS.idleRatio}x: ${mark(isMet)})`,
    );
  }
  for (const [section, reason] of Object.entries(skipped)) lines.push(`${section} skipped: ${reason}`);
  lines.push(`machine: ${JSON.stringify(machine)}`);
  return lines.join('\n');
}
