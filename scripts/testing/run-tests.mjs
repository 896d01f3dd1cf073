import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertWritable, withSetupLock } from '../setup/folder.mjs';
import { installDependencies } from '../setup/install.mjs';
import { memoryFolder } from './memory-folder.mjs';
import { killAllGroups, runInGroup } from './process-group.mjs';
import { judgeColumn, prepareColumn } from './second-column.mjs';
import { afterSecondLook, filesForSecondLook } from './second-look.mjs';
import { Tally } from './steps.mjs';
import { countReport } from './vitest-report.mjs';

const root = join(import.meta.dirname, '..', '..');
const bin = (path) => join(root, 'node_modules', path);
const log = (line) => console.log(line);
/** A bare machine with two cores is given this long; what hangs longer is stopped. */
const LONGEST_RUN_MS = 45 * 60_000;

function node(args, options = {}) {
  return runInGroup(process.execPath, args, { cwd: root, ...options });
}

/** By the native compiler, in a tenth of the time; the build needs the one that is a library (decision 0015). */
function typeCheck(project) {
  return node([bin('typescript7/bin/tsc'), '--noEmit', '-p', project]);
}

/** What reads sources only, one after the other: tests run beside it. */
async function checkSources(tally) {
  await tally.step('biome', () => node([bin('@biomejs/biome/bin/biome'), 'check', '.']));
  if (existsSync(join(root, 'scripts', 'check.mjs'))) {
    await tally.step('gates (npm run check)', () => node(['scripts/check.mjs'], { show: true }));
  }
  const projects = ['tsconfig.json', 'apps/widget/tsconfig.json', 'apps/console/tsconfig.json'];
  for (const project of projects.filter((file) => existsSync(join(root, file)))) {
    await tally.step(`types of ${project}`, () => typeCheck(project));
  }
}

/** Runs vitest once: what its report says, and what that counts. */
async function vitestOnce(args, env, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-vitest-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const command = [bin('vitest/vitest.mjs'), 'run', ...reporters, '--passWithNoTests', ...args];
  const run = await node(command, { show: true, env: { ...process.env, ...env }, timeoutMs });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  rmSync(folder, { recursive: true, force: true });
  return { report, counts: countReport(report, run.code) };
}

/** Runs vitest and counts; what may have a second look and alone failed gets it, and that is said. */
export async function runVitest(tally, { args = [], env = {}, timeoutMs }) {
  const started = performance.now();
  const { report, counts: first } = await vitestOnce(args, env, timeoutMs);
  const files = filesForSecondLook(report, root);
  let counts = first;
  if (files.length > 0) {
    log(`\n[again] failed beside all the others, now alone: ${files.join(', ')}\n`);
    const { counts: second } = await vitestOnce(files, env, timeoutMs);
    counts = afterSecondLook(report, first, files, second, root);
    if (second.failed === 0) tally.remark(`[again] held at the second look, alone: ${files.join(', ')}`);
  }
  for (const reason of counts.reasons) log(`[failed] ${reason}`);
  tally.add(counts);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(`vitest: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`);
}

async function setUp(tally, servers, log) {
  assertWritable(root);
  return withSetupLock(
    root,
    async () => {
      const installed = await tally.step('dependencies', async () => {
        await installDependencies(root, log);
        return { ok: true };
      });
      // Tests start what was built.
      if (installed) await tally.step('build', () => node(['scripts/build.mjs'], { show: true }));
      else await servers;
      return installed;
    },
    { log },
  );
}

/** Ends everything this run started when it is interrupted; servers are children and go the same way. */
export function endOnSignals() {
  process.once('exit', () => killAllGroups());
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]) {
    process.once(signal, () => process.exit(128 + number));
  }
}

/** Everything `npm test` does; prints the closing line last and exits with the tally's code. */
export async function runTests(vitestArgs) {
  endOnSignals();
  const started = performance.now();
  const tally = new Tally(log);
  const memory = memoryFolder();
  if (memory) process.env.TEST_MEMORY = memory;
  const column = prepareColumn((line) => log(`[servers] ${line}`));
  let checked = Promise.resolve();
  try {
    const installed = await setUp(tally, column, log);
    if (installed) {
      checked = checkSources(tally);
      const env = judgeColumn(await column, process.env.CI === 'true', tally);
      await runVitest(tally, { args: vitestArgs, env, timeoutMs: LONGEST_RUN_MS });
    }
  } catch (error) {
    tally.note('failed', error?.message ?? String(error));
  } finally {
    await checked.catch((error) => tally.note('failed', `checks: ${error.message}`));
    await column.then((ready) => ready.stop()).catch((error) => tally.note('failed', `servers: ${error.message}`));
  }
  finish(tally, started);
}

/** Prints the steps and the closing line, and exits once they are out. */
export function finish(tally, started) {
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  log(`\n${tally.summary}\n${minutes} minutes in all`);
  process.stdout.write(`${tally.closingLine}\n`, () => process.exit(tally.exitCode));
}
