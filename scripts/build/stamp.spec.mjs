import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOfSources, isFresh, writeStamp } from './stamp.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'custodia-stamp-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'src', 'a.ts'), 'one');
  writeFileSync(join(root, 'src', 'deep', 'b.ts'), 'two');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('hashOfSources', () => {
  it('is the same for the same files, named twice or not', () => {
    expect(hashOfSources(root, ['src', 'src/a.ts'])).toBe(hashOfSources(root, ['src']));
  });

  it('changes with content, with a name and with a new file', () => {
    const before = hashOfSources(root, ['src']);
    writeFileSync(join(root, 'src', 'a.ts'), 'changed');
    const changed = hashOfSources(root, ['src']);
    writeFileSync(join(root, 'src', 'c.ts'), '');
    const added = hashOfSources(root, ['src']);
    rmSync(join(root, 'src', 'c.ts'));
    writeFileSync(join(root, 'src', 'd.ts'), '');
    expect(new Set([before, changed, added, hashOfSources(root, ['src'])]).size).toBe(4);
  });

  it('leaves out tests, built files and what does not exist', () => {
    const before = hashOfSources(root, ['src']);
    writeFileSync(join(root, 'src', 'a.spec.ts'), '');
    writeFileSync(join(root, 'src', 'a.medium-spec.tsx'), '');
    mkdirSync(join(root, 'src', 'dist'));
    writeFileSync(join(root, 'src', 'dist', 'main.js'), '');
    expect(hashOfSources(root, ['src', 'absent'])).toBe(before);
  });
});

describe('a stamp', () => {
  it('is fresh for the hash it was written with and for no other', () => {
    const file = join(root, 'dist', '.stamps', 'chat');
    expect(isFresh(file, 'abc')).toBe(false);
    writeStamp(file, 'abc');
    expect(isFresh(file, 'abc')).toBe(true);
    expect(isFresh(file, 'abd')).toBe(false);
  });
});
