import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assertWritable, withSetupLock } from './folder.mjs';
import { installDependencies } from './install.mjs';
import { assertPortFree, parsePort } from './port.mjs';
import { SetupProblem } from './problem.mjs';

const root = join(import.meta.dirname, '..', '..');
const SERVER = join('dist', 'apps', 'standalone', 'main.js');
const TARGETS = ['standalone', 'widget', 'console'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exit code of a process as a shell reports it: 128 and the signal's number when a signal ended it. */
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** One Ctrl-C arrives several times (from the terminal and from npm); the server shall see it once. */
function onceASecond(forward) {
  let last = 0;
  return (signal) => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    forward(signal);
  };
}

function runNode(args) {
  return new Promise((resolve, reject) => {
    // In a group of its own the child does not get the terminal's signals beside ours.
    const detached = process.platform !== 'win32';
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached });
    const forward = onceASecond((signal) => child.kill(signal));
    for (const signal of SIGNALS) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of SIGNALS) process.removeListener(name, forward);
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 1));
    });
  });
}

function buildArguments() {
  const present = TARGETS.filter((name) => existsSync(join(root, 'apps', name, 'src')));
  return [join('scripts', 'build.mjs'), '--only', present.join(',')];
}

async function prepare() {
  assertWritable(root);
  await assertPortFree(parsePort(process.env.PORT));
  const log = (line) => console.log(line);
  await withSetupLock(
    root,
    async () => {
      await installDependencies(root, log);
      const code = await runNode(buildArguments());
      if (code !== 0) throw new SetupProblem('The build failed; its messages stand above.');
    },
    { log },
  );
}

/** Sets up what is missing and runs the server until it ends; this process takes over its exit code. */
export async function startServer() {
  try {
    await prepare();
    process.exitCode = await runNode(['--enable-source-maps', SERVER]);
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error);
    process.exitCode = 1;
  }
}
