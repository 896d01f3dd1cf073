import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ENTRIES = ['account', 'chat', 'ticket', 'crm', 'privacy', 'standalone'].map((name) => `apps/${name}/src/main.ts`);

function check(root) {
  const program = join(import.meta.dirname, '..', 'check.mjs');
  return spawnSync(process.execPath, [program, '--root', root], { encoding: 'utf8' });
}

it('the build goes red: a planted violation ends the check with 1 and is named', { timeout: 300_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), 'custodia-red-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  try {
    write('package.json', '{ "type": "module" }');
    write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext", "moduleResolution": "nodenext" } }');
    for (const path of [...ENTRIES, 'apps/console/src/main.tsx', 'apps/widget/src/loader/loader.ts']) {
      write(path, 'export const started = true;\n');
    }
    write('apps/crm/src/index.ts', 'export const crm = 1;\n');
    write('libs/kernel/src/index.ts', 'export const kernel = 1;\n');
    // Exemptions of the product are unused in this tree and are named; nothing else may be.
    const clean = check(root)
      .stderr.split('\n')
      .filter((line) => line !== '' && !line.includes('exemption'));
    expect(clean).toEqual([]);

    write('apps/chat/src/list.ts', "import '../../crm/src/index.js';\nexport const at = Date.now();\n");
    write('apps/ticket/src/long.ts', `export function long() {\n${'  long();\n'.repeat(59)}}\n`);
    const red = check(root);
    expect(red.status).toBe(1);
    expect(red.stderr).toContain('apps/chat/src/list.ts  only-declared-edges:apps/chat');
    expect(red.stderr).toContain('apps/chat/src/list.ts:2  time-from-the-clock');
    expect(red.stderr).toContain('apps/ticket/src/long.ts:1  function-length: long has 61 lines');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
