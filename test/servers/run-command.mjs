import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/usr/local/go/bin'];

/** Path of a program on PATH or in the usual system folders (a non-root PATH often lacks sbin), else undefined. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS].filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: the next folder.
      }
    }
  }
  return undefined;
}

/**
 * Runs a program to its end without a terminal.
 * Never throws: `{ ok, stdout, stderr }`, where stderr also names the reason when the program could not start.
 */
export function runCommand(program, args, { cwd, env, input, timeoutMs = 60_000 } = {}) {
  return new Promise((resolve) => {
    const options = { cwd, env: env ?? process.env, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      process.removeListener('exit', endWithParent);
      resolve({ ok: error === null, stdout, stderr: stderr || (error ? String(error.message) : '') });
    });
    const endWithParent = () => child.kill('SIGKILL');
    process.once('exit', endWithParent);
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/** The last lines of a text, for error messages. */
export function lastLines(text, count = 8) {
  return text.trim().split('\n').slice(-count).join('\n');
}
