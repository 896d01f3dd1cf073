import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, storeCommands } from './commands.js';

const PAGES = ['README.md', 'docs/operation.md'];
const text = (file: string): string => readFileSync(file, 'utf8');
const written = PAGES.map(text).join('\n');
const all = (from: string, pattern: RegExp): string[] => [
  ...new Set([...from.matchAll(pattern)].map(([, found]) => found!)),
];
/** Sources whose refusals an operator sees at a start or of a command. */
const SOURCES = [
  'libs/platform/src',
  'apps/standalone/src/commands',
  'libs/database/src/copy',
  'libs/database/src/migrations',
];
const FILES = ['libs/privacy/src/key-store/key-store.copy.ts', 'libs/database/src/mariadb/answers.ts'];
/** Seen by the probe of readiness alone. */
const INNER = ['platform.disk-full'];

function sources(): string {
  const found = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('spec'))
      .map((name) => join(folder, name)),
  );
  return [...found, ...FILES].map(text).join('\n');
}

describe('what the pages tell an operator', () => {
  const known = [...Object.keys(commands), ...Object.keys(storeCommands)].sort();
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };

  it('F-1412 every command has a script and stands in docs/operation.md, and every script that is named exists', () => {
    for (const name of known) {
      const file = /^node (scripts\/\S+)$/.exec(scripts[name] ?? '')?.[1];
      expect([name, text(file!)]).toEqual([name, expect.stringContaining(`runServerCommand('${name}')`)]);
      expect(text('docs/operation.md')).toContain(`npm run ${name}`);
    }
    for (const name of all(written, /npm run ([a-z:-]+[a-z])/g)) expect(Object.keys(scripts)).toContain(name);
  });

  it('F-1412 what is run in the image is a command of a program that the image holds', () => {
    const named = all(written, /dist\/apps\/standalone\/main\.js ([a-z:-]+)/g);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(known).toContain(name);
    expect(text('docker/Dockerfile')).toContain('COPY --from=build /app/dist ./dist');
  });

  it('F-1412 codes in docs/operation.md are those of the source, and none is missing', () => {
    const page = text('docs/operation.md');
    const source = sources();
    const thrown = all(source, /(?:Error|refuse\w*|faults?)\(\s*'([a-z]+\.[a-z-]+)'/g);
    expect(thrown.length).toBeGreaterThan(25);
    expect(thrown.filter((code) => !INNER.includes(code) && !page.includes(`\`${code}\``))).toEqual([]);
    const told = all(page, /`((?:platform|standalone|database|privacy)\.[a-z-]+)`/g);
    const elsewhere = ['database.disk', 'database.read-too-long', 'privacy.key-store-disk'];
    expect(told.filter((code) => !elsewhere.includes(code) && !source.includes(`'${code}'`))).toEqual([]);
  });
});
