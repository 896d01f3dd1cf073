import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTargets } from './targets.mjs';

const root = join(import.meta.dirname, '..', '..');
const built = findTargets(root).filter(({ kind, proof }) => kind === 'backend' && existsSync(join(root, proof)));

/** What a built file imports by its head: Node loads that before anything else runs. */
function packagesOf(file) {
  const imported = readFileSync(file, 'utf8').matchAll(/^import (?:.* from )?"([^".][^"]*)";?$/gm);
  return [...imported].map(([, name]) => name).filter((name) => !isBuiltin(name));
}

describe('what a start loads one by one from node_modules', () => {
  it.each(built.map(({ name, output }) => [name, output]))('%s: the two packages with a binary', (_, output) => {
    const files = ['main.js', 'packages.js'].map((name) => join(root, output, name));
    expect(files.flatMap(packagesOf).sort()).toEqual(['@node-rs/argon2', 'libsql']);
  });
});
