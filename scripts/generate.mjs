// `npm run generate`: writes what is generated from the code. The same test that compares these files writes them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', 'test/architecture/generated.spec.ts'], {
  cwd: root,
  env: { ...process.env, GENERATE: '1' },
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
