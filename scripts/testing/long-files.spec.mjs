import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LONG, longFirst, workerCount } from './long-files.mjs';

it('long files begin first, the others stay as they are', () => {
  const files = ['b.spec.ts', 'test/journey/sqlite.e2e-spec.ts', 'a.spec.ts', 'test/journey/mariadb.e2e-spec.ts'];
  expect(longFirst(files, (path) => path)).toEqual([
    'test/journey/mariadb.e2e-spec.ts',
    'test/journey/sqlite.e2e-spec.ts',
    'b.spec.ts',
    'a.spec.ts',
  ]);
});

it('every file that is called long is there', () => {
  const root = join(import.meta.dirname, '..', '..');
  expect(LONG.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('one file more side by side than there are processors, at most six, or as was said', () => {
  expect([1, 2, 4, 8, 64].map((processors) => workerCount(processors, ''))).toEqual([2, 3, 5, 6, 6]);
  expect([workerCount(4, '3'), workerCount(4, ''), workerCount(4, 'many')]).toEqual([3, 5, 5]);
});
