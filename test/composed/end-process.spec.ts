import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endProcess } from './end-process.js';

async function running(program: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', `${program}; console.log('ready')`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout!, 'data');
  return child;
}

it('ends a process by its signal', async () => {
  const child = await running('setInterval(() => {}, 1000)');
  await endProcess(child);
  expect(child.signalCode).toBe('SIGTERM');
});

it('ends one by force that does not heed the signal', async () => {
  const child = await running("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)");
  await endProcess(child, 'SIGTERM', 50);
  expect(child.signalCode).toBe('SIGKILL');
});

it('waits for nothing where the process is over already', async () => {
  const child = await running('');
  if (child.exitCode === null) await once(child, 'exit');
  await endProcess(child);
  expect(child.exitCode).toBe(0);
});
