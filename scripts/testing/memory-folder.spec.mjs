import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryFolder } from './memory-folder.mjs';

let parent;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'custodia-memory-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('there is one only where there is room, and none without the place for it', () => {
  expect(memoryFolder({ parent, room: 2 ** 80, spare: 0 })).toBeUndefined();
  expect(memoryFolder({ parent, room: 0, spare: 2 ** 80 })).toBeUndefined();
  expect(memoryFolder({ parent: join(parent, 'missing'), room: 0, spare: 0 })).toBeUndefined();
  const folder = memoryFolder({ parent, room: 0, spare: 0 });
  expect(existsSync(folder)).toBe(true);
});

it('what a killed run left is removed, what a living one uses stays', () => {
  const abandoned = join(parent, 'custodia-tests-4194305-x');
  const used = join(parent, `custodia-tests-${process.pid}-x`);
  for (const folder of [abandoned, used]) mkdirSync(folder);
  memoryFolder({ parent, room: 0, spare: 0 });
  expect([existsSync(abandoned), existsSync(used)]).toEqual([false, true]);
});
