import 'reflect-metadata';
import { resolve } from 'node:path';
import { declareSchema, type MigrationClass } from '@libs/database';
import { type DeclaringClass, declaredStores, type EntityTable, type StoreDeclaration } from '@libs/privacy-core';
import { getMetadataArgsStorage } from 'typeorm';
import { readTree, type SourceFile } from '../../scripts/gates/index.mjs';

export const ROOT = resolve(import.meta.dirname, '..', '..');

/** One column as its entity describes it. */
export interface EntityColumn {
  readonly property: string;
  readonly column: string;
  readonly text: boolean;
  readonly nullable: boolean;
  readonly primary: boolean;
}

/** An entity with the file that owns it. */
export interface ProductEntity extends EntityTable {
  readonly path: string;
  readonly described: readonly EntityColumn[];
}

export interface Product {
  readonly files: readonly SourceFile[];
  readonly entities: readonly ProductEntity[];
  readonly stores: readonly StoreDeclaration[];
  /** All migrations of the tree in the order of their numbers, listed by a service or not. */
  readonly migrations: readonly MigrationClass[];
}

let product: Promise<Product> | undefined;

/** Loads every file that declares something, found by its name: a forgotten import hides nothing from the gates. */
export function loadProduct(): Promise<Product> {
  product ??= loadNow();
  return product;
}

async function loadNow(): Promise<Product> {
  const files = readTree(ROOT);
  const sources = files.map(({ path }) => path).filter((path) => /^(apps|libs)\/[^/]+\/src\//.test(path));
  const entities: ProductEntity[] = [];
  for (const path of sources.filter((name) => name.endsWith('.entity.ts'))) {
    const values = await exportsOf(path);
    await declareSchema();
    for (const value of values) {
      const entity = describeEntity(value, path);
      if (entity) entities.push(entity);
    }
  }
  for (const path of sources.filter((name) => name.endsWith('.stores.ts'))) await exportsOf(path);
  const migrations: MigrationClass[] = [];
  for (const path of sources.filter((name) => /(-(tables|indexes)|\/data-format)\.ts$/.test(name))) {
    for (const value of await exportsOf(path)) {
      if (typeof value === 'function' && /\d{13}$/.test(value.name)) migrations.push(value as MigrationClass);
    }
  }
  migrations.sort((a, b) => Number(a.name.slice(-13)) - Number(b.name.slice(-13)));
  return { files, entities, stores: declaredStores(), migrations };
}

async function exportsOf(path: string): Promise<readonly unknown[]> {
  return Object.values((await import(/* @vite-ignore */ resolve(ROOT, path))) as Record<string, unknown>);
}

function describeEntity(value: unknown, path: string): ProductEntity | undefined {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find(({ target }) => target === value);
  if (table?.name === undefined) return undefined;
  const described = storage.columns
    .filter(({ target }) => typeof target === 'function' && isSelfOrBase(target, value as DeclaringClass))
    .map(({ propertyName, options }) => ({
      property: propertyName,
      column: options.name ?? propertyName,
      text: options.type === 'text' || options.type === 'varchar',
      nullable: options.nullable === true,
      primary: options.primary === true,
    }));
  const columns = Object.fromEntries(described.map(({ property, column }) => [property, column]));
  return { entity: value as DeclaringClass, table: table.name, columns, path, described };
}

function isSelfOrBase(target: object, entity: DeclaringClass): boolean {
  return target === entity || Object.prototype.isPrototypeOf.call(target, entity);
}
