// `npm run check`: the gates that read sources only. Declarations, routes and tables are gated by the tests below
// test/architecture, because they need the compiled product. `npm run check -- --root <folder>` checks another tree.
import { join, resolve } from 'node:path';
import { measureFile, missingEntries, overBudget, report } from './gates/budgets.mjs';
import { checkEndpointDocs } from './gates/endpoint-docs.mjs';
import { checkImports } from './gates/imports.mjs';
import { scanSources } from './gates/source-rules.mjs';
import { scanStoreSites } from './gates/store-sites.mjs';
import { readStyles, scanStyles } from './gates/styles.mjs';
import { readTree } from './gates/tree.mjs';

const at = process.argv.indexOf('--root');
const root = at === -1 ? join(import.meta.dirname, '..') : resolve(process.argv[at + 1]);

const imports = checkImports(root);
const files = readTree(root);
const measures = files.map(measureFile);
const problems = [
  ...scanSources(files),
  ...scanStoreSites(files),
  ...checkEndpointDocs(files),
  ...scanStyles(files, readStyles(root)),
  ...overBudget(measures),
  ...missingEntries(root),
  ...(await imports),
];

for (const { rule, path, line, why } of problems) console.error(`${path}${line ? `:${line}` : ''}  ${rule}: ${why}`);
const { files: count, medianFileLines, medianFunctionLines } = report(measures);
console.log(`${count} product files, median ${medianFileLines} lines, functions median ${medianFunctionLines} lines`);
console.log(problems.length === 0 ? 'gates: nothing forbidden was found' : `gates: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
