// `node --import ./typescript-loader.mjs program.ts`: lets a child process of a test run our sources directly, so that
// it can be killed between two steps. Types are stripped by swc; `@libs/x` and `.js` are resolved to the sources.
// A test starts dozens of children: what one has stripped the next ones read.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

const LIBS = new URL('../../../', import.meta.url);
const STRIPPED = new URL('../node_modules/.cache/custodia-stripped/', LIBS);
const SWC = {
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

export async function resolve(specifier, context, next) {
  const library = /^@libs\/([a-z-]+)$/.exec(specifier)?.[1];
  if (library) return next(new URL(`${library}/src/index.ts`, LIBS).href, context);
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return next(source.href, context);
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  return { format: 'module', source: await stripped(fileURLToPath(url)), shortCircuit: true };
}

async function stripped(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([filename, SWC, source]))
    .digest('hex');
  const kept = new URL(`${key}.mjs`, STRIPPED);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { transformSync } = await import('@swc/core');
  const { code } = transformSync(source, { ...SWC, filename });
  mkdirSync(STRIPPED, { recursive: true });
  // Renamed into place: another child may read it at this moment.
  const begun = new URL(`${key}.${process.pid}`, STRIPPED);
  writeFileSync(begun, code);
  renameSync(begun, kept);
  return code;
}
