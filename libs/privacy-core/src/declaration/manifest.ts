import type { Declared } from './facets.js';
import type { DeclaringClass, PropertyDeclaration } from './registry.js';
import { declarationsOf } from './registry.js';
import type { StoreDeclaration } from './store.js';
import { compare, declaredStores } from './store.js';

/** How an entity lies in the database; the database library takes it from its mapper. */
export interface EntityTable {
  readonly entity: DeclaringClass;
  readonly table: string;
  /** Property name to column name, every column of the table. */
  readonly columns: Readonly<Record<string, string>>;
}

/** One declared place inside a table or store; `path` is set inside JSON and stores. */
export interface ManifestEntry {
  readonly column: string;
  readonly path: string | null;
  readonly declared: Declared;
}

/** One table with all its declared places. */
export interface ManifestTable {
  readonly table: string;
  readonly entries: readonly ManifestEntry[];
}

/** Everything the product says it holds, sorted, as plain JSON: the same input gives the same bytes. */
export interface Manifest {
  readonly version: 1;
  readonly tables: readonly ManifestTable[];
  readonly stores: readonly StoreDeclaration[];
}

/** Compiles the declarations of all entities and stores. Properties that are no column are left out. */
export function compileManifest(
  entities: readonly EntityTable[],
  stores: readonly StoreDeclaration[] = declaredStores(),
): Manifest {
  const tables = entities.map(({ entity, table, columns }) => {
    const entries: ManifestEntry[] = [];
    for (const [property, declaration] of declarationsOf(entity)) {
      const column = columns[property];
      if (column !== undefined) entries.push(...entriesOf(column, declaration));
    }
    return { table, entries: entries.sort(byPlace) };
  });
  return {
    version: 1,
    tables: tables.sort((a, b) => compare(a.table, b.table)),
    stores: stores.map((store) => ({ ...store, fields: sortKeys(store.fields) })),
  };
}

function entriesOf(column: string, declaration: PropertyDeclaration): readonly ManifestEntry[] {
  if (declaration.type === 'value') return [{ column, path: null, declared: declaration.declared }];
  return Object.entries(declaration.schema).map(([path, declared]) => ({ column, path, declared }));
}

function byPlace(a: ManifestEntry, b: ManifestEntry): number {
  return compare(a.column, b.column) || compare(a.path ?? '', b.path ?? '');
}

function sortKeys<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compare(a, b)));
}

/** A place the machine found that nobody declared, or a declaration that cannot be true. */
export interface Problem {
  readonly table: string;
  readonly column: string;
  readonly problem: string;
}

/**
 * Compares real columns with the manifest, both ways. `tableColumns` comes from the migrated database, so that a
 * column added by hand is found too.
 */
export function undeclared(
  tableColumns: Readonly<Record<string, readonly string[]>>,
  manifest: Manifest,
): readonly Problem[] {
  const declared = new Map(manifest.tables.map((table) => [table.table, table.entries]));
  const problems: Problem[] = [];
  for (const [table, columns] of Object.entries(tableColumns)) {
    const known = new Set((declared.get(table) ?? []).map((entry) => entry.column));
    for (const column of columns) {
      if (!known.has(column)) problems.push({ table, column, problem: 'says neither @Personal nor @NotPersonal' });
    }
  }
  for (const { table, entries } of manifest.tables)
    problems.push(...contradictions(table, entries, tableColumns[table]));
  return problems.sort((a, b) => compare(`${a.table}.${a.column}`, `${b.table}.${b.column}`));
}

function contradictions(
  table: string,
  entries: readonly ManifestEntry[],
  columns: readonly string[] | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  const names = new Set(entries.map((entry) => entry.column));
  for (const { column, path, declared } of entries) {
    const say = (problem: string) => problems.push({ table, column: path ? `${column}:${path}` : column, problem });
    if (!columns?.includes(column)) say('is declared, but there is no such column');
    if (!declared.personal) continue;
    const { store, tier, log } = declared.facets;
    if (store.as === 'blind-index' && !names.has(store.of)) say(`indexes "${store.of}", which is not declared`);
    if (store.as === 'plain' && tier !== 'T1') say(`is ${tier} and stored as plain text`);
    if (store.as === 'plain' && store.why.trim() === '') say('is plain without a reason');
    if (log === 'allowed' && tier !== 'T1') say(`is ${tier} and allowed in the log`);
  }
  return problems;
}
