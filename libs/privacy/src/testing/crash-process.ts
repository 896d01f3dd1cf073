import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Acknowledged, CrashJob } from './crash-child.js';

const BUILD = fileURLToPath(new URL('./crash-program.mjs', import.meta.url));
/** Where the packages are found that the program requires. */
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url));

let built: string | undefined;

/** The child as one file, made once for all tests of this process. */
function crashProgram(): string {
  if (built) return built;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'custodia-crash-'));
  execFileSync(process.execPath, [BUILD, folder], { stdio: 'pipe' });
  built = join(folder, 'main.js');
  return built;
}

/** Takes the file away again; a worker of tests may be ended without a word. */
export function removeCrashProgram(): void {
  if (built) rmSync(dirname(built), { recursive: true, force: true });
  built = undefined;
}

/** What a child had said and how it ended. */
export interface CrashResult {
  readonly signal: string | null;
  readonly code: number | null;
  readonly acknowledged: readonly Acknowledged[];
  readonly errors: string;
}

/** A child that is still running. */
export interface CrashProcess {
  readonly ended: Promise<CrashResult>;
  /** Resolves when so many people have been acknowledged, or at the end. */
  reached(count: number): Promise<void>;
  kill(): void;
}

/** Starts a process with one job. */
export function startCrashProcess(job: CrashJob): CrashProcess {
  const child = spawn(process.execPath, [crashProgram(), JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { lines: '', errors: '' };
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.lines += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.errors += text;
  });
  const ended = endOf(child, heard);
  return {
    ended,
    kill: () => child.kill('SIGKILL'),
    reached: (count) =>
      new Promise((resolve) => {
        const look = () => heard.lines.split('\n').length > count && resolve();
        listeners.add(look);
        void ended.then(() => resolve());
        look();
      }),
  };
}

/** Runs a job to its end or its crash. */
export function runCrashProcess(job: CrashJob): Promise<CrashResult> {
  return startCrashProcess(job).ended;
}

function endOf(child: ChildProcess, heard: { readonly lines: string; readonly errors: string }): Promise<CrashResult> {
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      const whole = heard.lines.split('\n').slice(0, -1);
      const acknowledged = whole.map((line) => JSON.parse(line) as Acknowledged);
      resolve({ code, signal, acknowledged, errors: heard.errors });
    });
  });
}
