import { spawn } from 'node:child_process';
import { findProgram } from '../../test/servers/run-command.mjs';

const groups = new Set();

function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}

/** Ends every process group that still runs; synchronous, so that it works while this process exits. */
export function killAllGroups(signal = 'SIGKILL') {
  for (const pid of groups) killGroup(pid, signal);
}

/**
 * Runs a program in a process group of its own, without a terminal: `{ ok, code, output }`.
 * `show` prints its output as it comes, otherwise it is collected. When it ends, everything it started ends with it.
 */
export function runInGroup(program, args, { cwd, env = process.env, show = false, timeoutMs = 20 * 60_000 }) {
  const setpriv = findProgram('setpriv');
  const [command, commandArgs] = setpriv ? [setpriv, ['--pdeathsig', 'KILL', program, ...args]] : [program, args];
  return new Promise((resolve) => {
    const stdio = show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, commandArgs, { cwd, env, stdio, detached: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes) => {
        output += bytes;
      });
    }
    if (child.pid) groups.add(child.pid);
    const timer = setTimeout(() => {
      output += `\nstopped after ${timeoutMs / 60_000} minutes`;
      if (show) console.error(`stopped after ${timeoutMs / 60_000} minutes`);
      killGroup(child.pid, 'SIGKILL');
    }, timeoutMs);
    const finish = (code, reason = '') => {
      clearTimeout(timer);
      if (child.pid) killGroup(child.pid, 'SIGKILL');
      groups.delete(child.pid);
      resolve({ ok: code === 0, code, output: output + reason });
    };
    child.once('error', (error) => finish(1, error.message));
    child.once('exit', (code) => finish(code ?? 1));
  });
}
