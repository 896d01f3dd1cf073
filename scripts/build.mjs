// Builds what is stale: `node scripts/build.mjs [--only standalone,widget] [--force]`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBackend } from './build/backend.mjs';
import { buildFrontend } from './build/frontend.mjs';
import { hashOfSources, isFresh, writeStamp } from './build/stamp.mjs';
import { chooseTargets, findTargets } from './build/targets.mjs';

const root = join(import.meta.dirname, '..');
const BUILDERS = { backend: buildBackend, frontend: buildFrontend };

async function buildTarget(target, force) {
  const started = performance.now();
  const stampFile = join(root, 'dist', '.stamps', target.name);
  const hash = hashOfSources(root, target.inputs);
  if (!force && isFresh(stampFile, hash) && existsSync(join(root, target.proof))) {
    console.log(`build ${target.name}: fresh`);
    return;
  }
  const warnings = await BUILDERS[target.kind](root, target);
  if (!existsSync(join(root, target.proof))) throw new Error(`the build left no ${target.proof}`);
  writeStamp(stampFile, hash);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`build ${target.name}: ${target.output} in ${seconds} s`);
  for (const warning of warnings) console.log(`build ${target.name}: warning: ${warning}`);
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' }, force: { type: 'boolean', default: false } } });
  const only = (values.only ?? '').split(',').filter(Boolean);
  const targets = chooseTargets(findTargets(root), only);
  const results = await Promise.allSettled(targets.map((target) => buildTarget(target, values.force)));
  results.forEach((result, index) => {
    if (result.status === 'rejected') console.error(`build ${targets[index].name} failed: ${result.reason.message}`);
  });
  process.exitCode = results.some(({ status }) => status === 'rejected') ? 1 : 0;
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
