// `npm run soak`: the long tests below test/soak, with the same servers as `npm test`.
import { join } from 'node:path';
import { installDependencies } from './setup/install.mjs';
import { runInGroup } from './testing/process-group.mjs';
import { endOnSignals, finish, runVitest } from './testing/run-tests.mjs';
import { judgeColumn, prepareColumn } from './testing/second-column.mjs';
import { Tally } from './testing/steps.mjs';

const root = join(import.meta.dirname, '..');
const DAY = 24 * 3_600_000;
const log = (line) => console.log(line);

endOnSignals();
const started = performance.now();
const tally = new Tally(log);
await installDependencies(root, log);
const build = () => runInGroup(process.execPath, ['scripts/build.mjs'], { cwd: root, show: true });
if (await tally.step('build', build)) {
  const column = await prepareColumn(log);
  const env = judgeColumn(column, process.env.CI === 'true', tally);
  const args = ['--config', 'vitest.soak.config.ts', ...process.argv.slice(2)];
  await runVitest(tally, { args, env, timeoutMs: DAY });
  await column.stop();
}
finish(tally, started);
