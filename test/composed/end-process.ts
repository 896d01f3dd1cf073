import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Sends `signal` and waits until the process is over; by force when that takes too long. One that is over already stays so. */
export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 60_000,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill(signal);
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await over;
  clearTimeout(force);
}
