import type { Declared } from './facets.js';

/**
 * A closed JSON schema: every path that may occur with what it holds. `a.b` is a field of an object, `items[]` each
 * entry of a list, `*` any key of a map. A path that is not here may not be stored.
 */
export type JsonSchema = Readonly<Record<string, Declared>>;

/** The paths of `value` that the schema does not name; empty means it may be stored. */
export function undeclaredPaths(schema: JsonSchema, value: unknown): readonly string[] {
  const problems = new Set<string>();
  walk(
    value,
    '',
    (path) => {
      if (!Object.hasOwn(schema, path)) problems.add(path);
    },
    schema,
  );
  return [...problems].sort();
}

function walk(value: unknown, path: string, leaf: (path: string) => void, schema: JsonSchema): void {
  if (typeof value !== 'object' || value === null || isUnknownAndEmpty(value, path, schema)) {
    leaf(path);
    return;
  }
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, `${path}[]`, leaf, schema);
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    const named = path === '' ? key : `${path}.${key}`;
    const any = path === '' ? '*' : `${path}.*`;
    walk(entry, covers(schema, any) && !covers(schema, named) ? any : named, leaf, schema);
  }
}

/** Names of keys can tell something too, so an empty object at an unknown path is not passed over. */
function isUnknownAndEmpty(value: object, path: string, schema: JsonSchema): boolean {
  return path !== '' && Object.keys(value).length === 0 && !covers(schema, path);
}

function covers(schema: JsonSchema, prefix: string): boolean {
  return Object.keys(schema).some(
    (path) => path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`),
  );
}
