import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderEnvExample } from '@libs/config';
import { listRefs, listRoutes, writeOpenApi } from '@libs/http';
import { compileManifest, renderDataMap } from '@libs/privacy-core';
import { describe, expect, it } from 'vitest';
import { standaloneModules } from '../../apps/standalone/src/standalone.js';
import { endpointDocs, readTree, testTitles } from '../../scripts/gates/index.mjs';
import { renderPermissions } from './permissions-page.js';
import { loadProduct, ROOT } from './product.js';
import { contradictions, type RequirementsInput, type RowNote, renderRequirements } from './requirements-page.js';
import { withServices } from './services.js';

/** `npm run generate` sets it: files are written where they would be compared. */
const WRITE = process.env.GENERATE === '1';
/** The table follows every new title of a test, so it is compared where a state is delivered. */
const DELIVERED = process.env.CI === 'true';

function textOf(path: string): string {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '';
}

function compare(path: string, text: string): void {
  if (WRITE) writeFileSync(join(ROOT, path), text);
  expect(textOf(path) === text, `${path} is stale: run npm run generate`).toBe(true);
}

function requirements(): RequirementsInput {
  return {
    rows: JSON.parse(textOf('docs/requirements-rows.json')) as Record<string, string>,
    notes: JSON.parse(textOf('docs/requirements-notes.json')) as Record<string, RowNote>,
    titles: testTitles(readTree(ROOT)),
  };
}

describe('generated files', () => {
  it('P-1019 the data map is what the declarations say, and lists every entity', async () => {
    const { entities, stores } = await loadProduct();
    const page = renderDataMap(compileManifest(entities, stores));
    expect(entities.filter(({ table }) => !page.includes(`## Table \`${table}\``))).toEqual([]);
    compare('docs/data-map.md', page);
  });

  it('the page of permissions and the OpenAPI document are what the routes say', async () => {
    await withServices(standaloneModules, async (app) => {
      compare('docs/permissions.md', renderPermissions(listRoutes(app), listRefs(app)));
      const said = new Map(
        endpointDocs(readTree(ROOT)).map(({ controller, handler, text }) => [`${controller}.${handler}`, text]),
      );
      const docs = (controller: string, handler: string) => said.get(`${controller}.${handler}`);
      const document = await writeOpenApi(app, { title: 'Custodia', docs });
      compare('docs/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
    });
  });

  it('the example of settings is what the settings say', () => {
    compare('.env.example', renderEnvExample());
  });

  it('the status of requirements contradicts nothing and is fresh where it is delivered', () => {
    const input = requirements();
    expect(contradictions(input)).toEqual([]);
    if (WRITE || DELIVERED) compare('docs/requirements-status.md', renderRequirements(input));
  });
});

describe('the status of requirements', () => {
  const rows = { 'F-0001': 'a', 'F-0002': 'b', 'P-0003': 'c', 'P-0004': 'd' };
  const titles = [
    { path: 'b.spec.ts', title: 'F-0001 x' },
    { path: 'a.spec.ts', title: 'F-0001 P-0003 y' },
  ];

  it('is done only when somebody says so and a test names it', () => {
    const notes = { 'F-0001': { status: 'done', note: '' }, 'P-0004': { status: 'out', note: 'a document' } } as const;
    const page = renderRequirements({ rows, notes, titles });
    expect(page).toContain('| F-0001 | a | done | `a.spec.ts`, `b.spec.ts` |');
    expect(page).toContain('| F-0002 | b | open |  |');
    expect(page).toContain('| P-0003 | c | partial | named by tests; not all of its acceptance shown: `a.spec.ts` |');
    expect(page).toContain('| P-0004 | d | out | a document |');
    expect(page).toContain('4 rows: 1 done, 1 partial, 1 open, 1 out.');
  });

  it('names unknown rows, untested claims and missing sentences', () => {
    const notes = { 'F-0002': { status: 'done', note: '' }, 'P-0003': { status: 'partial', note: '' } } as const;
    const more = [...titles, { path: 'c.spec.ts', title: 'F-9999 z' }];
    expect(contradictions({ rows, notes, titles: more })).toEqual([
      'F-0002 is said to be done and no test names it',
      'F-9999 is no row of the requirements',
      'P-0003 is partial or out without a sentence',
    ]);
  });
});
