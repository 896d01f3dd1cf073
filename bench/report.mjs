import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** What the design asks for (docs/performance.md). */
export const TARGETS = {
  ratio: 0.6,
  p99Factor: 2.5,
  throughputCost: 0.2,
  idleRatio: 1.5,
  listWarmMs: 15,
  listColdMs: 40,
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

/** The report as lines for people. */
export function formatReport(report) {
  const lines = [];
  const { chat, chatMariadb, privacy, gates, idleConnection, bareRelayPerSec, limitPerSec, skipped, machine } = report;
  if (bareRelayPerSec) lines.push(`bare relay, messages a second: ${JSON.stringify(bareRelayPerSec)}`);
  if (limitPerSec) lines.push(`limit, messages a second: ${JSON.stringify(limitPerSec)}`);
  if (chat) lines.push(...chatLines('chat on SQLite', chat));
  if (chatMariadb) lines.push(...chatLines('chat on MariaDB', chatMariadb));
  if (privacy) {
    const isMet = privacy.throughputCost <= TARGETS.throughputCost;
    lines.push(
      `privacy costs ${privacy.throughputCost} of throughput (at most ${TARGETS.throughputCost}: ${mark(isMet)})`,
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
