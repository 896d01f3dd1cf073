// `npm test`: sets up what is missing and runs every check and test. `npm test -- <file>` passes the name to vitest.
import { judgeNode } from './setup/node-version.mjs';

const verdict = judgeNode(process.versions.node);
if (verdict.problem) {
  console.error(`${verdict.problem}\n0 passed, 1 failed, 0 skipped`);
  process.exit(1);
}
import('./testing/run-tests.mjs').then((module) => module.runTests(process.argv.slice(2)));
