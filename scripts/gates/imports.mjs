import { spawn } from 'node:child_process';
import { join } from 'node:path';

const product = join(import.meta.dirname, '..', '..');

/** Runs dependency-cruiser below `root` and answers what the table in `.dependency-cruiser.cjs` forbids. */
export async function checkImports(root) {
  const program = join(product, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = join(product, '.dependency-cruiser.cjs');
  const { output, errors } = await run(program, ['--config', config, '--output-type', 'json', 'apps', 'libs'], root);
  let found;
  try {
    found = JSON.parse(output);
  } catch {
    throw new Error(`dependency-cruiser did not answer: ${errors.trim().slice(0, 2000)}`);
  }
  return found.summary.violations.map(({ rule, from, to, comment }) => ({
    rule: rule.name,
    path: from,
    line: 0,
    why: `imports ${to}. ${comment ?? ''}`.trim(),
  }));
}

function run(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { output: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      texts.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      texts.errors += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(texts));
  });
}
