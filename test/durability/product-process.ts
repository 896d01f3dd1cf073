import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The built product as a process of its own: what an operator runs. */
export const PROGRAM = resolve('dist/apps/standalone/main.js');
const START_MS = 120_000;

export interface ProductOptions {
  /** Stores, profile and everything else the process is told; nothing is inherited but the path. */
  readonly env: Readonly<Record<string, string>>;
  /** Standard output and standard error go here, over all restarts. */
  readonly outputFile: string;
  /** Fixed, so that clients find it again after a restart. */
  readonly port: number;
}

export interface ProductProcess {
  readonly url: string;
  readonly pid: number | undefined;
  /** Everything it has written so far. */
  output(): string;
  /** Starts and waits until it listens; throws with its output when it ends instead. */
  start(): Promise<void>;
  /** Starts a process that is expected to refuse; answers its exit code and what this start wrote. */
  startRefused(): Promise<{ readonly code: number | null; readonly said: string }>;
  /** A power cut: no handler runs. */
  kill9(): Promise<void>;
  /** Sends `signal` and answers how the process ended. */
  end(signal: NodeJS.Signals): Promise<string>;
}

/** Prepares a process; it does not run before `start`. */
export function productProcess({ env, outputFile, port }: ProductOptions): ProductProcess {
  let child: ChildProcess | undefined;
  let exited: Promise<string> = Promise.resolve('never started');
  const output = (): string => (existsSync(outputFile) ? readFileSync(outputFile, 'utf8') : '');
  const launch = (): void => {
    const out = openSync(outputFile, 'a', 0o600);
    const { PATH = '' } = process.env;
    const running = spawn(process.execPath, ['--enable-source-maps', PROGRAM], {
      env: { PATH, LOG_LEVEL: 'info', ...env, PORT: String(port) },
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    const killWithParent = (): void => void running.kill('SIGKILL');
    process.once('exit', killWithParent);
    child = running;
    exited = new Promise<string>((done) => {
      running.once('exit', (code, signal) => done(String(code ?? signal)));
    }).finally(() => process.off('exit', killWithParent));
  };
  const end = async (signal: NodeJS.Signals): Promise<string> => {
    child?.kill(signal);
    return exited;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return child?.pid;
    },
    output,
    start: async () => {
      const before = sizeOf(outputFile);
      launch();
      const said = (): string => readFrom(outputFile, before);
      const heard = await Promise.race([waitFor(() => said().includes('http.listening')), exited]);
      if (heard !== true) throw new Error(`The product ended with ${heard}:\n${said()}`);
    },
    startRefused: async () => {
      const before = output().length;
      launch();
      const code = await Promise.race([exited, sleep(START_MS, 'still running')]);
      if (code === 'still running') await end('SIGKILL');
      return { code: Number.isNaN(Number(code)) ? null : Number(code), said: output().slice(before) };
    },
    kill9: async () => {
      await end('SIGKILL');
    },
    end,
  };
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** What a file holds from a byte on: after an hour of load it is long, and it is looked at fifty times a second. */
function readFrom(file: string, from: number): string {
  const text = Buffer.alloc(Math.max(0, sizeOf(file) - from));
  const open = openSync(file, 'r');
  try {
    return text.toString('utf8', 0, readSync(open, text, 0, text.length, from));
  } finally {
    closeSync(open);
  }
}

async function waitFor(done: () => boolean): Promise<true> {
  const deadline = Date.now() + START_MS;
  while (!done()) {
    if (Date.now() > deadline) throw new Error('The product does not listen');
    await sleep(20);
  }
  return true;
}
