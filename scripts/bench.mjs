/** `npm run bench [-- --json …]`: builds what is not built yet, then measures it; see bench/README.md. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const argv = process.argv.slice(2);
const isLimitOnly = argv.some(
  (argument, index) => argument === '--only=limit' || (argument === 'limit' && argv[index - 1] === '--only'),
);
const build = '--no-build';

// Standard output belongs to the report: what the build prints goes to standard error.
if (!isLimitOnly && !argv.includes(build)) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  const { main } = await import('../bench/run.mjs');
  process.exit(await main(argv.filter((argument) => argument !== build)));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
