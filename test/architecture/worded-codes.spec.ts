import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTree } from '../../scripts/gates/index.mjs';

const CODE = /['"`]((?:account|auth|chat|crm|privacy|http|audit)\.[a-z]+(?:-[a-z]+)*)['"`]/g;
const REASON = /['"`]([a-z]+(?:-[a-z]+)+)['"`]/g;

/** Codes that the console has a sentence or a way for, and that no service ever sends. */
function neverSent(files: ReturnType<typeof readTree>): readonly string[] {
  const product = files.filter(({ path }) => /^(apps|libs)\/[^/]+\/src\//.test(path) && !/spec\.tsx?$/.test(path));
  const found = (path: RegExp, code: RegExp) =>
    product
      .filter((file) => path.test(file.path))
      .flatMap(({ path: at, text }) => [...text.matchAll(code)].map(([, name]) => ({ at, name: name as string })));
  const server = /^(apps\/(?!console|widget)|libs\/)/;
  const sent = new Set(found(server, CODE).map(({ name }) => name));
  // Some refusals are put together from the service and the reason.
  const reasons = new Set(found(server, REASON).map(({ name }) => name));
  return found(/^apps\/console\//, CODE)
    .filter(({ name }) => !sent.has(name) && !reasons.has(name.slice(name.indexOf('.') + 1)))
    .map(({ at, name }) => `${name} in ${at}`);
}

it('a sentence for a code of the server has a code of the server', () => {
  const files = readTree(join(import.meta.dirname, '..', '..'));
  expect(neverSent(files)).toEqual([]);
  const planted = { path: 'apps/console/src/a.ts', text: "const a = { 'chat.no-such-code': 'x' };" };
  expect(neverSent([...files, planted])).toEqual(['chat.no-such-code in apps/console/src/a.ts']);
});
