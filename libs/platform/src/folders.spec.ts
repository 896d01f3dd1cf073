import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@libs/config';
import { DATA_FORMAT } from '@libs/database';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFolders } from './folders.js';

let home: string;
let config: Config;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'custodia-folders-'));
  const folders = { data: home, keys: join(home, 'keys'), ledger: join(home, 'ledger') };
  config = { folders, database: { kind: 'sqlite', file: join(home, 'custodia.db') } } as Config;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const format = (): string => join(home, 'format');
const start = (): void => openFolders(config)();

it('F-1412 a data folder says its format, and one of an earlier program the new one', () => {
  start();
  expect(readFileSync(format(), 'utf8')).toBe(`${DATA_FORMAT}\n`);
  writeFileSync(format(), '1\n');
  start();
  expect(readFileSync(format(), 'utf8')).toBe(`${DATA_FORMAT}\n`);
});

it.each([`${DATA_FORMAT + 1}\n`, 'not a number\n'])(
  'F-1412 a data folder of format %j is refused and stays as it is',
  (found) => {
    writeFileSync(format(), found);
    expect(start).toThrow(expect.objectContaining({ code: 'platform.data-too-new' }));
    expect(readFileSync(format(), 'utf8')).toBe(found);
  },
);
