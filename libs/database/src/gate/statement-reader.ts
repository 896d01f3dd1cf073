import { createRequire } from 'node:module';
import type { Dialect } from '../sql.js';
import { type ReadableText, unreadable } from './sql-text.js';

/** A node of the parsed statement; its shape is known only by looking. */
export type Node = Readonly<Record<string, unknown>>;

interface ParserModule {
  readonly Parser: new () => { astify(sql: string, options: { database: string }): unknown };
}

const load = createRequire(import.meta.url);
const parsers = new Map<Dialect, InstanceType<ParserModule['Parser']>>();

/** Loaded with the first statement that a gate reads: production runs without a gate and never loads it. */
function parserOf(dialect: Dialect): InstanceType<ParserModule['Parser']> {
  let parser = parsers.get(dialect);
  if (!parser) {
    const { Parser } = load(`node-sql-parser/build/${dialect}.js`) as ParserModule;
    parser = new Parser();
    parsers.set(dialect, parser);
  }
  return parser;
}

/** The tree of the one statement in `readable`. */
export function parseStatement(sql: string, readable: ReadableText, dialect: Dialect): Node {
  let tree: unknown;
  try {
    tree = parserOf(dialect).astify(readable.text, { database: dialect });
  } catch (error) {
    throw unreadable(sql, 'the parser refuses it', error);
  }
  const statements = Array.isArray(tree) ? tree : [tree];
  const [statement] = statements;
  if (statements.length !== 1 || !isNode(statement)) throw unreadable(sql, 'it is not one statement');
  return statement;
}

/** True for a part of the tree that is neither a list nor a plain value. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Index of the parameter that `node` is, if it is one and nothing else. */
export function paramOf(node: unknown): number | undefined {
  if (!isNode(node) || node.type !== 'param' || !/^p\d+$/.test(String(node.value))) return undefined;
  return Number(String(node.value).slice(1));
}

/** Qualifier of a `tenant_id` column (empty when it has none), or undefined for anything else. */
export function tenantColumnOf(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'column_ref' || String(node.column).toLowerCase() !== 'tenant_id')
    return undefined;
  return node.table === null || node.table === undefined ? '' : String(node.table).toLowerCase();
}

/** The parts of a condition that must all hold. */
export function conjuncts(condition: unknown): Node[] {
  if (!isNode(condition)) return [];
  if (condition.type === 'binary_expr' && condition.operator === 'AND') {
    return [...conjuncts(condition.left), ...conjuncts(condition.right)];
  }
  return [condition];
}
