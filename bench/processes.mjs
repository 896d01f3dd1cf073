import { fork, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const STOP_MS = 5_000;
const running = new Set();
const here = import.meta.dirname;

/** Nothing this run started outlives it, however it ends. */
export function killAllAtExit() {
  process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
}

function track(child) {
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/** SIGTERM, and SIGKILL after 5 s; resolves when the process is gone. */
export async function stop(child) {
  if (hasEnded(child)) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** A free port from `base` on, within 100. */
export async function freePort(base) {
  for (let port = base; port < base + 100; port++) if (await isFree(port)) return port;
  throw new Error(`no free port between ${base} and ${base + 99}`);
}

/**
 * Starts a server in its own process. What it prints goes to `log`; `isReady` is asked until it says yes. A garbage
 * collection can be asked for by signal, see collect-garbage.mjs; `watch` are files of this folder that look on as well.
 */
export async function startServer({ script, env, log, isReady, timeoutMs = 30_000, watch = [] }) {
  const output = openSync(log, 'a');
  const loaded = ['collect-garbage.mjs', ...watch].flatMap((name) => ['--import', `file://${join(here, name)}`]);
  const argv = ['--expose-gc', ...loaded, script];
  const child = track(spawn(process.execPath, argv, { env, stdio: ['ignore', output, output] }));
  closeSync(output);
  const until = performance.now() + timeoutMs;
  while (!(await isReady())) {
    if (hasEnded(child) || performance.now() > until) {
      await stop(child);
      const tail = readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
      throw new Error(`${script} did not become ready\n${tail}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

/** A load process: `order(message, timeoutMs)` answers its result, `stop()` ends it. */
export function startLoad(script = 'load.mjs') {
  const child = track(fork(join(here, script), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
  const order = (message, timeoutMs) =>
    new Promise((resolve, reject) => {
      const settle = (act, value) => {
        clearTimeout(timer);
        child.removeListener('message', onMessage);
        child.removeListener('exit', onExit);
        act(value);
      };
      const onMessage = ({ result, failure }) =>
        failure === undefined ? settle(resolve, result) : settle(reject, new Error(failure));
      const onExit = (code) => settle(reject, new Error(`the load ended with ${code}`));
      const onTime = () => settle(reject, new Error(`the load gave no result within ${timeoutMs} ms`));
      const timer = setTimeout(onTime, timeoutMs);
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.send(message);
    });
  return { order, stop: () => stop(child) };
}

/** Resident memory of a process in bytes, as the kernel counts it. */
export function residentBytes(pid) {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error(`no VmRSS of process ${pid}`);
  return Number(line[1]) * 1024;
}
