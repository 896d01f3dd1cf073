import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, lastLines } from './run-command.mjs';

/**
 * Starts a server as a child of this process. Where `setpriv` exists the kernel kills it when this process dies, so
 * that even a killed test run leaves nothing behind.
 */
export function spawnServer(program, args, { env, logFile, cwd }) {
  const setpriv = findProgram('setpriv');
  const log = openSync(logFile, 'a', 0o600);
  const [command, commandArgs] = setpriv ? [setpriv, ['--pdeathsig', 'KILL', program, ...args]] : [program, args];
  const child = spawn(command, commandArgs, { cwd, env: env ?? process.env, stdio: ['ignore', log, log] });
  closeSync(log);
  const killWithParent = () => child.kill('SIGKILL');
  // Before the removal of its folder, which was registered earlier.
  process.prependOnceListener('exit', killWithParent);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error.message)));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  }).finally(() => process.removeListener('exit', killWithParent));
  return { child, pid: child.pid, exited };
}

/** Ends a process politely, then by force. */
export async function endServer({ child, exited }, graceMs = 10_000) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(force);
}

/** Waits until `isReady()` is true; throws with the end of the log when the server ends first or needs too long. */
export async function waitUntilReady(name, server, isReady, logFile, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  let ended;
  server.exited.then((how) => {
    ended = how;
  });
  while (!(await isReady())) {
    const problem = ended
      ? `ended with ${ended}`
      : Date.now() > deadline
        ? `not ready after ${timeoutMs} ms`
        : undefined;
    if (problem)
      throw new Error(`${name} ${problem}. End of its log:\n${lastLines(readFileSync(logFile, 'utf8'), 15)}`);
    await sleep(50);
  }
}

/** Sends bytes to 127.0.0.1:port and gives the first bytes answered, or an empty buffer. */
export function firstAnswer(port, send = '', timeoutMs = 1000) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const finish = (bytes) => {
      socket.destroy();
      resolve(bytes);
    };
    socket.setTimeout(timeoutMs, () => finish(Buffer.alloc(0)));
    socket.once('error', () => finish(Buffer.alloc(0)));
    socket.once('close', () => finish(Buffer.alloc(0)));
    socket.once('connect', () => send && socket.write(send));
    socket.once('data', finish);
  });
}
