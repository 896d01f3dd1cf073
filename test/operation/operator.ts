import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRAM } from '../durability/product-process.js';

/** How a command of the built server ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs `backup` or `restore` as an operator does; it is killed as soon as `killWhen` holds: a power cut. */
export async function command(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  killWhen?: () => boolean,
): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { PATH, LOG_LEVEL: 'info', ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, said })));
  if (killWhen) {
    while (child.exitCode === null && !killWhen()) await sleep(1);
    child.kill('SIGKILL');
  }
  return ended;
}

/** A small disk at `at`; false where this user may not mount one. */
export function mountSmallDisk(at: string, size: string): boolean {
  mkdirSync(at, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Takes a small disk away again, also while a program is on it. */
export function unmountDisk(at: string): void {
  execFileSync('umount', ['-l', at], { stdio: 'ignore' });
}

/** True where this user may mount one; nothing is left of the try. */
export function canMountDisk(): boolean {
  const at = mkdtempSync(join(tmpdir(), 'custodia-mount-'));
  const isMounted = mountSmallDisk(at, '16k');
  if (isMounted) unmountDisk(at);
  rmSync(at, { recursive: true, force: true });
  return isMounted;
}

/** Leaves no block free on the disk of `path`. */
export function fillDisk(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (const block = Buffer.alloc(4096); ; ) writeSync(file, block);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Makes files and folders read-only for everybody, whoever has them open and whoever asks (chattr +i): as after a disk that
 * the system has made read-only. `mount -o remount,ro` would be refused while a program has a file open for writing.
 */
export function setReadOnly(paths: readonly string[], readOnly: boolean): void {
  execFileSync('chattr', [readOnly ? '+i' : '-i', ...paths], { stdio: 'ignore' });
}

/** True where this user may do that, and a file that was open before takes no writes afterwards; nothing is left of the try. */
export function canSetReadOnly(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-probe-'));
  const probe = join(folder, 'probe');
  const file = openSync(probe, 'w');
  try {
    setReadOnly([probe], true);
    try {
      writeSync(file, 'x');
      return false;
    } catch {
      return true;
    } finally {
      setReadOnly([probe], false);
    }
  } catch {
    return false;
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}
