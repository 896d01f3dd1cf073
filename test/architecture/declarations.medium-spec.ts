import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@libs/database';
import { libraryMigrations } from '@libs/platform';
import { compileManifest, undeclared } from '@libs/privacy-core';
import { describeColumns, freshMariaDatabase } from '@libs/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { standaloneMigrations } from '../../apps/standalone/src/standalone.js';
import { STORE_SITES, stringsOf } from '../../scripts/gates/index.mjs';
import { loadProduct, type Product, ROOT } from './product.js';
import { mariaSchema, type RealTable, sqliteSchema } from './real-schema.js';
import {
  collationFindings,
  driftFindings,
  erasureFindings,
  jsonFindings,
  ownerFindings,
  referenceFindings,
  storeFindings,
  tenantFindings,
} from './table-rules.js';

/** Kept by the tool that migrates. */
const OF_THE_TOOL = 'database_migration';

let product: Product;

beforeAll(async () => {
  product = await loadProduct();
});

async function migrated(column: 'sqlite' | 'mariadb'): Promise<RealTable[]> {
  const { migrations } = product;
  if (column === 'mariadb') {
    const { url, drop } = await freshMariaDatabase('gates');
    try {
      await migrate({ target: { url }, migrations });
      return await mariaSchema(url);
    } finally {
      await drop();
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'custodia-schema-'));
  try {
    const file = join(folder, 'schema.db');
    await migrate({ target: { file }, migrations });
    return sqliteSchema(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describeColumns('tables on $column', (column) => {
  let tables: RealTable[];

  beforeAll(async () => {
    tables = (await migrated(column)).filter(({ table }) => table !== OF_THE_TOOL);
  });

  it('P-0301 P-2104 every column of the real database is declared, and nothing else is', () => {
    const real = Object.fromEntries(tables.map((table) => [table.table, table.columns.map(({ name }) => name)]));
    expect(undeclared(real, compileManifest(product.entities, []))).toEqual([]);
  });

  it('entities describe exactly what the migrations made', () => {
    expect(driftFindings(product.entities, tables)).toEqual([]);
  });

  it('P-0211 every key of a tenant table starts with the tenant', () => {
    expect(tenantFindings(tables)).toEqual([]);
  });

  it('P-0211 every reference starts with the tenant, restricts, and stays with its owner', () => {
    expect(referenceFindings(tables)).toEqual([]);
    expect(tables.flatMap(({ references }) => references).length).toBeGreaterThan(10);
  });

  if (column === 'sqlite') return;

  it('key-like columns are compared byte by byte', () => {
    expect(collationFindings(tables)).toEqual([]);
  });

  it('P-0301 free text is closed JSON or has a reason', () => {
    expect(jsonFindings(product.entities, compileManifest(product.entities, []), tables)).toEqual([]);
  });
});

describe('declarations', () => {
  it('tables carry the prefix of their owner', () => {
    expect(ownerFindings(product.entities)).toEqual([]);
  });

  it('every table about persons is reached by erasure', () => {
    expect(erasureFindings(product.entities, compileManifest(product.entities, []))).toEqual([]);
  });

  it('P-0301 every event and every place outside of tables is declared', () => {
    const code = product.files.filter(
      ({ path }) => /^(apps|libs)\//.test(path) && !/(spec|testing\/|stores)\b/.test(path),
    );
    const events = code.flatMap((file) => stringsOf(file, /^[a-z]+\.[a-z-]+\.v\d+$/));
    expect(storeFindings({ events, sites: STORE_SITES }, product.stores)).toEqual([]);
    expect(Object.keys(STORE_SITES).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('P-0301 every table of the key store is declared', () => {
    const schema = product.files.find(({ path }) => path.endsWith('key-store/key-store.schema.ts'))!;
    const made = [...schema.text.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name!);
    const declared = product.stores.find(({ store, name }) => store === 'folder' && name === 'keys/')!.fields;
    expect(made.length).toBeGreaterThan(0);
    expect(made.filter((name) => !(name in declared))).toEqual([]);
  });

  it('every migration of the tree is run by the embedded default', () => {
    const run = new Set([...libraryMigrations, ...standaloneMigrations].map(({ name }) => name));
    expect(product.migrations.map(({ name }) => name).filter((name) => !run.has(name))).toEqual([]);
  });
});
