import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseTargets, findTargets } from './targets.mjs';

let root;

function write(path) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'custodia-targets-'));
  for (const app of ['chat', 'standalone']) write(`apps/${app}/src/main.ts`);
  write('apps/console/vite.config.ts');
  write('apps/console/src/main.ts');
  write('apps/widget/build.mjs');
  write('apps/ticket/src/index.ts');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('findTargets', () => {
  it('finds backend apps by main.ts and browser apps by their build', () => {
    const targets = findTargets(root);
    expect(targets.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'backend chat',
      'backend standalone',
      'frontend console',
      'frontend widget',
    ]);
    expect(targets.at(-1).command).toEqual([join('apps', 'widget', 'build.mjs')]);
  });

  it('builds standalone again when any app changes, another app only for itself', () => {
    const [chat, standalone] = findTargets(root);
    expect(standalone.inputs).toContain('apps/chat/src');
    expect(chat.inputs).not.toContain('apps/standalone/src');
  });
});

describe('chooseTargets', () => {
  it('takes all without names, and names what does not exist', () => {
    const targets = findTargets(root);
    expect(chooseTargets(targets, [])).toHaveLength(4);
    expect(chooseTargets(targets, ['widget']).map(({ name }) => name)).toEqual(['widget']);
    expect(() => chooseTargets(targets, ['chta'])).toThrow(/chta.*There are: chat, standalone, console, widget/s);
  });
});
