import { describe, expect, it } from 'vitest';
import { scanStyles } from './styles.mjs';

/** A small console: an entry, a shell with a page in it, a page before it, and parts. */
const CONSOLE = {
  'main.tsx': "import './theme/base.css';\nimport './router.js';",
  'router.tsx': [
    "const door = createRoute({ getParentRoute: () => root, component: lazy(() => import('./door.js'), 'Door') });",
    "const workspace = createRoute({ component: lazy(() => import('./shell/shell.js'), 'Shell') });",
    "const list = createRoute({ getParentRoute: () => workspace, component: lazy(() => import('./list.js'), 'List') });",
  ].join('\n'),
  'door.tsx': 'import \'./door.css\';\nexport const Door = () => <main className="door" />;',
  'shell/shell.tsx': 'import \'./shell.css\';\nexport const Shell = () => <main className="shell" />;',
  'list.tsx': `import { Part } from './part.js';\nexport const List = () => <Part className={\`tag-\${kind} meta shell\`} />;`,
  'part.tsx': "import './part.css';\nexport const Part = () => <p className={kind === 'none' ? 'part' : undefined} />;",
};
const SHEETS = {
  'theme/base.css': 'summary {\n  cursor: pointer;\n}\n.meta {\n  color: gray;\n}\n',
  'door.css': '.door {\n  margin: 0;\n}\n',
  'shell/shell.css': '.shell {\n  margin: 0;\n}\n',
  'part.css': '.part,\n.tag-red {\n  margin: 0;\n}\n@media (width < 1px) {\n  .part {\n    margin: 1px;\n  }\n}\n',
};

function found(files = {}, sheets = {}) {
  const listed = (all) => Object.entries(all).map(([path, text]) => ({ path: `apps/console/src/${path}`, text }));
  return scanStyles(listed({ ...CONSOLE, ...files }), listed({ ...SHEETS, ...sheets })).map(
    ({ rule, path, line }) => `${rule} ${path.replace('apps/console/src/', '')}:${line}`,
  );
}

describe('styles of the console', () => {
  it('stand in sheets that come with the page, that of the shell and of the entry', () => {
    expect(found()).toEqual([]);
  });

  it.each([
    [
      'a class without a rule',
      { 'part.tsx': 'import \'./part.css\';\nexport const Part = () => <p className="lost" />;' },
      'part.tsx:2',
    ],
    [
      'a beginning without a rule',
      { 'list.tsx': `export const List = () => <p className={\`lost-\${kind}\`} />;` },
      'list.tsx:1',
    ],
    [
      'a choice of classes',
      { 'list.tsx': "export const List = () => <p className={on ? 'meta' : 'lost'} />;" },
      'list.tsx:1',
    ],
    ['a sheet of another page', { 'door.tsx': 'export const Door = () => <p className="part" />;' }, 'door.tsx:1'],
    [
      'the shell before the workspace',
      { 'door.tsx': 'import \'./door.css\';\nexport const Door = () => <p className="shell" />;' },
      'door.tsx:2',
    ],
    [
      'a type is no import',
      { 'list.tsx': 'import type { P } from \'./part.js\';\nexport const List = () => <p className="part" />;' },
      'list.tsx:2',
    ],
  ])('styled-classes is caught: %s', (_what, files, place) => {
    expect(found(files)).toEqual([`styled-classes ${place}`]);
  });

  it.each([
    ['the same selector', '.x {\n  margin: 0;\n}\n.part {\n  margin: 2px;\n}\n', 4],
    ['one of several', '.x,\n.part {\n  margin: 0;\n}\n', 1],
    ['below a condition', '/* { */\n@media print {\n  .part {\n    margin: 0;\n  }\n}\n', 3],
  ])('one-sheet-per-selector is caught: %s', (_what, text, line) => {
    expect(found({}, { 'second.css': text })).toEqual([`one-sheet-per-selector second.css:${line}`]);
  });

  it('lets two animations have the same steps', () => {
    const steps = '@keyframes a {\n  from {\n    opacity: 0;\n  }\n}\n';
    expect(
      found(
        {},
        {
          'door.css': `.door {\n  margin: 0;\n}\n${steps}`,
          'shell/shell.css': `.shell {\n  margin: 0;\n}\n${steps.replace(' a ', ' b ')}`,
        },
      ),
    ).toEqual([]);
  });

  it('no-bare-elements is caught outside of the base', () => {
    const door = '.door {\n  margin: 0;\n}\nul li {\n  margin: 0;\n}\n';
    expect(found({}, { 'door.css': door })).toEqual(['no-bare-elements door.css:4']);
  });
});
