import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from './problem.mjs';

/** Refuses a folder that cannot be written, before an hour of work fails in its last line. */
export function assertWritable(root) {
  try {
    mkdirSync(join(root, '.cache'), { recursive: true });
    const probe = join(root, '.cache', `probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new SetupProblem(
      `This folder cannot be written (${error.code}): ${root}\n` +
        'Clone it where you may write (for example in your home folder), or give yourself the rights with chown.',
    );
  }
}

/** True while a process of this number runs, whoever's it is. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The living process that holds the lock; a lock of a dead one is removed. */
function holderOf(lockFile) {
  let pid = 0;
  try {
    pid = Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return undefined;
  }
  if (pid > 0 && pid !== process.pid && isAlive(pid)) return pid;
  rmSync(lockFile, { force: true });
  return undefined;
}

function tryLock(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Runs `work` while no other process installs or builds in this folder. Waits for the other one, saying so, and gives
 * up after `waitMs` with its process id.
 */
export async function withSetupLock(root, work, { log, waitMs = 15 * 60_000, pauseMs = 500 }) {
  const lockFile = join(root, '.cache', 'setup.lock');
  const deadline = Date.now() + waitMs;
  let told = false;
  while (!tryLock(lockFile)) {
    const holder = holderOf(lockFile);
    if (holder === undefined) continue;
    if (Date.now() > deadline) {
      throw new SetupProblem(
        `Process ${holder} still installs or builds in this folder. End it or wait, then try again.`,
      );
    }
    if (!told) log(`Process ${holder} installs or builds in this folder; waiting for it …`);
    told = true;
    await sleep(pauseMs);
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
