import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { swcOptions } from './rspack.config.mjs';
import { longFirst, workerCount } from './scripts/testing/long-files.mjs';

const libs = fileURLToPath(new URL('./libs', import.meta.url));

/** `@libs/<name>` is the front door of a library and nothing behind it. */
const resolve = { alias: [{ find: /^@libs\/([a-z-]+)$/, replacement: `${libs}/$1/src/index.ts` }] };

/** In the tests of the backend passwords are hashed at the least cost; the built product is tested as it is. */
const quickHash = {
  find: /^@node-rs\/argon2$/,
  replacement: fileURLToPath(new URL('./test/world/quick-argon2.ts', import.meta.url)),
};

/** Limits that hold for real databases and browsers on a machine with two busy cores. */
const limits = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  teardownTimeout: 60_000,
  // A poll ends when it is met, so patience costs nothing.
  expect: { poll: { timeout: 20_000 } },
};

/** Files of one worker share what is imported: what a test has put in the place of something goes before the next one. */
const sharing = { isolate: false, restoreMocks: true, unstubGlobals: true };

/** What reads everything that is declared must not meet what other tests declare; these among themselves may. */
const ALONE = 'test/architecture/**/*.{spec,medium-spec}.ts';

/**
 * A group of backend tests, compiled like the build compiles the backend (decorators with metadata). Files of one worker
 * share what is imported: loading the backend anew for each of them took a quarter of the whole run.
 */
export function backendProject(name: string, include: readonly string[], exclude: readonly string[] = []) {
  return {
    plugins: [swc.vite({ ...swcOptions, module: { type: 'es6' }, tsconfigFile: false })],
    resolve: { alias: [...resolve.alias, quickHash] },
    test: {
      name,
      include: [...include],
      exclude: ['**/node_modules/**', 'apps/{widget,console}/**', ...exclude],
      ...sharing,
      ...limits,
    },
  };
}

/**
 * Tests of a browser app: its own JSX, no DOM (what needs one is a browser journey below test/). Files of one worker share
 * what is imported: most of them end in less time than a worker needs to start.
 */
function browserProject(app: string, importSource: string, setupFiles: string[] = []) {
  const include = [`apps/${app}/**/*.{spec,medium-spec}.{ts,tsx}`];
  return {
    oxc: { jsx: { runtime: 'automatic' as const, importSource } },
    resolve,
    test: { name: app, include, setupFiles, ...sharing, ...limits },
  };
}

/** The long files of the backend begin before everything else; a project's files stay together. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = longFirst(await super.sort(files), ({ moduleId }) => relative(import.meta.dirname, moduleId));
    const backend = sorted.filter(({ project }) => project.name === 'backend');
    return [...backend, ...sorted.filter(({ project }) => project.name !== 'backend')];
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: workerCount(availableParallelism()),
    sequence: { sequencer: LongFirst },
    projects: [
      backendProject(
        'backend',
        [
          'libs/**/*.{spec,medium-spec}.ts',
          'apps/**/*.{spec,medium-spec}.ts',
          'test/**/*.{spec,medium-spec,e2e-spec}.ts',
          'scripts/**/*.spec.mjs',
        ],
        [ALONE],
      ),
      backendProject('architecture', [ALONE]),
      browserProject('widget', 'preact'),
      browserProject('console', 'react', ['scripts/testing/as-in-a-page.mjs']),
    ],
  },
});
