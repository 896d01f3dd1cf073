import { describe, expect, it } from 'vitest';
import { measureFile, missingEntries, overBudget } from './budgets.mjs';
import { RULES, scanFile } from './source-rules.mjs';
import { scanStoreSites } from './store-sites.mjs';
import { testTitles } from './strings.mjs';

/** Text that breaks the rule, and text beside it that does not. */
const PLANTED = [
  ['no-forward-ref', 'constructor(@Inject(forwardRef(() => A)) a)', 'const forward = 1;'],
  ['no-global-modules', '@Global() @Module({}) export class A {}', 'export class Global {}'],
  [
    'no-global-modules',
    'export const a = { module: A, global: true };',
    'export const a = { module: A, global: false };',
  ],
  ['no-process-env', 'const a = process.env.PORT;', 'const env = config.env;'],
  ['time-from-the-clock', 'const a = Date.now();', 'const a = clock.now();'],
  ['time-from-the-clock', 'const a = new Date();', 'const a = new Date(clock.now());'],
  ['randomness-from-the-kernel', 'const a = Math.random();', 'const a = Math.round(1.2);'],
  ['no-any', 'const a = b as any;', "const a = 'any';"],
  ['no-switched-off-checks', '// @ts-ignore\nconst a = 1;', "const a = '@ts-ignore';"],
  ['no-default-exports', 'export default class A {}', 'export class A {}'],
  ['no-default-exports', 'const a = 1;\nexport default a;', 'const a = 1;\nexport { a };'],
  ['no-enums', 'export enum A { B }', "export type A = 'b';"],
  ['no-optional-route-parts', "const a = { path: '/hours/{-$hoursId}' };", "const a = { path: '/hours/$hoursId' };"],
  ['no-relations', 'class A { @ManyToOne(() => B) b: B; }', 'class A { @IdColumn() bId: string; }'],
  ['no-standalone-branch', 'if (config.standalone) start();', 'startStandalone();'],
  ['no-standalone-branch', "const a = name === 'standalone' ? 1 : 2;", "const a = { name: 'standalone' };"],
  [
    'loaded-when-needed',
    "import { DataSource } from 'typeorm';",
    "import type { DataSource } from 'typeorm';\nconst { DataSource: Source } = await import('typeorm');",
  ],
  ['loaded-when-needed', "export * from 'mysql2/promise';", "import { createPool } from './pool.js';"],
  ['loaded-when-needed', "import { Entity } from 'typeorm/browser';", "import { entity } from 'typeorm-like';"],
  ['no-unfinished-work', '// TODO later\nconst a = 1;', "const todo = 'TODO';"],
];

describe('source rules', () => {
  it.each(PLANTED)('%s is caught', (rule, bad, good) => {
    const path = rule === 'no-optional-route-parts' ? 'apps/console/src/a.ts' : 'apps/chat/src/a.ts';
    const found = (text) => scanFile({ path, text }).map((problem) => problem.rule);
    expect(found(bad)).toContain(rule);
    expect(found(good)).toEqual([]);
  });

  it.each([
    "it.skip('a', () => {});", // planted: must be caught
    "test.skip('a', () => {});", // planted: must be caught
    "describe.skip('a', () => {});", // planted: must be caught
    "it.skipIf(!ready)('a', () => {});", // planted: must be caught
    "describe.runIf(ready)('a', () => {});", // planted: must be caught
    "describe.each(rows).skipIf(!ready)('a', () => {});", // planted: must be caught
    "describe.only('a', () => {});", // planted: must be caught
    "it.concurrent.only('a', () => {});", // planted: must be caught
    "test.todo('a');", // planted: must be caught
    'const group = ready ? describe : describe.skip;', // planted: must be caught
    "it('a', ({ skip }) => {}, context.skip());", // planted: must be caught
    "it('a', { skip: true }, () => {});", // planted: must be caught
    "xit('a', () => {});", // planted: must be caught
  ])('no-silent-tests is caught: %s', (text) => {
    const rules = (path) => scanFile({ path, text }).map(({ rule }) => rule);
    for (const path of ['test/a.spec.ts', 'test/soak/a.soak.ts', 'test/world/shared.ts', 'scripts/a.spec.mjs']) {
      expect(rules(path)).toContain('no-silent-tests');
    }
    expect(rules('libs/testing/src/columns.ts')).toEqual([]);
  });

  it('lets tests say where they run through the one mechanism', () => {
    const text = "describeColumns('a on $column', (column) => { if (column === 'sqlite') it('b', run); });";
    expect(scanFile({ path: 'test/a.spec.ts', text })).toEqual([]);
  });

  it('tells the line', () => {
    expect(scanFile({ path: 'libs/x/src/a.ts', text: '\n\nexport enum A {}\n' })).toMatchObject([{ line: 3 }]);
  });

  it('has a planted example of every rule', () => {
    const planted = new Set([...PLANTED.map(([rule]) => rule), 'no-silent-tests']);
    expect(RULES.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
});

describe('places outside of tables', () => {
  it.each([
    "localStorage.setItem('a', 'b');",
    "document.cookie = 'a=b';",
    "writeFileSync('a', 'b');",
    "await client.putObject('bucket', 'name', body);",
    "process.stdout.write('a');",
    "console.log('a');",
    "import { pino } from 'pino';",
  ])('P-0301 an undeclared one is caught: %s', (text) => {
    const files = [{ path: 'apps/crm/src/a.ts', text }];
    expect(scanStoreSites(files)).toMatchObject([{ rule: 'undeclared-store', line: 1 }]);
    expect(scanStoreSites(files, { 'apps/crm/src/a.ts': ['folder x'] })).toEqual([]);
  });
});

describe('budgets', () => {
  const lines = (count) => 'export const a = 1;\n'.repeat(count);

  it('hold for files, more widely for tests', () => {
    const over = (path, count) => overBudget([measureFile({ path, text: lines(count) })]);
    expect(over('libs/x/src/a.ts', 400)).toEqual([]);
    expect(over('libs/x/src/a.ts', 401)).toMatchObject([{ rule: 'file-length' }]);
    expect(over('libs/x/src/a.spec.ts', 600)).toEqual([]);
    expect(over('libs/x/src/a.spec.ts', 601)).toMatchObject([{ rule: 'file-length' }]);
  });

  it('hold for constructors', () => {
    const text = (count) =>
      `class A { constructor(${Array.from({ length: count }, (_, i) => `a${i}: A`).join(', ')}) {} }`;
    const over = (count) => overBudget([measureFile({ path: 'libs/x/src/a.ts', text: text(count) })]);
    expect(over(6)).toEqual([]);
    expect(over(7)).toMatchObject([{ rule: 'constructor-width' }]);
  });

  it('hold for functions of the product, not for the blocks of a spec', () => {
    const over = (path, count) =>
      overBudget([measureFile({ path, text: `function long() {\n${'  x();\n'.repeat(count - 2)}}\n` })]);
    expect(over('libs/x/src/a.ts', 60)).toEqual([]);
    expect(over('libs/x/src/a.ts', 61)).toMatchObject([{ rule: 'function-length', line: 1 }]);
    expect(over('libs/x/src/a.spec.ts', 61)).toEqual([]);
  });

  it('name every build target without an entry file', () => {
    expect(missingEntries('/nowhere')).toHaveLength(8);
  });
});

describe('test titles', () => {
  it('are read from every form of test', () => {
    const text =
      "describe.each(rows)('A $x', () => { it.each(y)('P-0301 b', () => {}); it(`F-0101 $" +
      "{z}`, () => {}); }); describeColumns('C', run); describeColumn('mariadb', 'D', run); describeWhere(E, 'F', run);";
    expect(testTitles([{ path: 'test/a.ts', text }])).toEqual([]);
    expect(testTitles([{ path: 'test/journey/a.journey.ts', text }])).toHaveLength(6);
    expect(testTitles([{ path: 'test/a.spec.ts', text }]).map(({ title }) => title)).toEqual([
      'A $x',
      'P-0301 b',
      'F-0101 ',
      'C',
      'D',
      'F',
    ]);
  });
});
