import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const SERVER = join('dist', 'apps', 'standalone', 'main.js');

/** Runs one command of the built server in place of serving; takes over its exit code. */
export function runServerCommand(name, args = process.argv.slice(2)) {
  if (!existsSync(join(root, SERVER))) {
    console.error('There is no built server yet. Run `npm start` once, stop it, and run this command again.');
    process.exitCode = 1;
    return;
  }
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', SERVER, name, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
