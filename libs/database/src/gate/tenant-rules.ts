import { UnexpectedError } from '@libs/kernel';
import { type ReadableText, unreadable } from './sql-text.js';
import { conjuncts, isNode, type Node, paramOf, tenantColumnOf } from './statement-reader.js';

/** Tables that are nobody's data or are the list of tenants itself. Every other table has `tenant_id`. */
const WITHOUT_TENANT = new Set(['event_cursor', 'database_migration', 'tenant_tenant', 'sqlite_master']);

/** True for a table whose rows belong to tenants: all that are not named here. */
export function isTenantTable(table: string): boolean {
  return !WITHOUT_TENANT.has(table.toLowerCase());
}

/** One entry of FROM. */
interface Source {
  readonly alias: string;
  readonly guarded: boolean;
  readonly node: Node;
}

const SOURCE_KEYS = new Set(['db', 'table', 'as', 'join', 'on', 'using', 'expr', 'addition']);
const JOINS = new Set([undefined, 'INNER JOIN', 'CROSS JOIN', 'LEFT JOIN']);
const NOBODY: ReadonlySet<string> = new Set();

/** Reads one parsed statement and answers which parameters are compared with `tenant_id`; throws when a table escapes. */
export class TenantRules {
  private readonly params = new Set<number>();
  private selects = 0;

  constructor(
    private readonly sql: string,
    private readonly readable: ReadableText,
  ) {}

  /** Indexes of the parameters that must hold an allowed tenant. */
  tenantParams(statement: Node): readonly number[] {
    if (statement.type === 'select') this.select(statement, NOBODY);
    else if (statement.type === 'insert') this.insert(statement);
    else if (statement.type === 'update') this.change(statement, statement.table);
    else if (statement.type === 'delete') this.change(statement, statement.from);
    else throw unreadable(this.sql, `a statement of kind ${String(statement.type)}`);
    if (this.selects !== this.readable.selects) throw unreadable(this.sql, 'a SELECT stands where none was looked for');
    return [...this.params];
  }

  /** `outer`: aliases of the surrounding statement whose tenant is settled. Every part of a UNION is one of its own. */
  private select(first: Node, outer: ReadonlySet<string>): void {
    for (let node: unknown = first; isNode(node); node = node._next) {
      this.selects++;
      if (node.with) throw unreadable(this.sql, 'WITH');
      if (isNode(node.into) && Object.values(node.into).some((value) => value !== null))
        throw unreadable(this.sql, 'INTO');
      const sources = this.sources(node.from);
      const settled = this.settle(sources, node.where, outer);
      for (const { node: source } of sources) {
        if (isNode(source.expr)) this.walk(source.expr, NOBODY);
        this.walk(source.on, settled);
      }
      const { from: _from, _next, ...rest } = node;
      this.walk(Object.values(rest), settled);
    }
  }

  private change(node: Node, tables: unknown): void {
    const sources = this.sources(tables);
    if (sources.length !== 1) throw unreadable(this.sql, 'it changes more than one table');
    const settled = this.settle(sources, node.where, NOBODY);
    this.refuseTenantChange(node.set);
    this.walk([node.set, node.where, node.orderby, node.limit, node.returning], settled);
  }

  private insert(node: Node): void {
    const [target] = this.sources(node.table);
    const how = Array.isArray(node.or)
      ? node.or.map((part: unknown) => (isNode(part) ? part.value : '')).join(' ')
      : '';
    if (!target || !/^(?:|or ignore)$/i.test(how)) throw unreadable(this.sql, 'this kind of INSERT');
    const { values } = node;
    if (!isNode(values) || values.type !== 'values' || !Array.isArray(values.values)) {
      throw this.violation('INSERT takes its rows from VALUES (…), not from a SELECT or SET');
    }
    if (target.guarded) this.guardRows(node.columns, values.values);
    if (isNode(node.on_duplicate_update)) {
      this.refuseTenantChange(node.on_duplicate_update.set);
      const { conflict } = this.readable;
      if (target.guarded && conflict && !conflict.includes('tenant_id')) {
        throw this.violation('ON CONFLICT must name tenant_id, or it could change a row of another tenant');
      }
    }
    this.walk([values, node.on_duplicate_update, node.returning], NOBODY);
  }

  private guardRows(columns: unknown, rows: readonly unknown[]): void {
    if (!Array.isArray(columns) || String(columns[0]).toLowerCase() !== 'tenant_id') {
      throw this.violation('the first column of an INSERT must be tenant_id');
    }
    for (const row of rows) {
      const param = isNode(row) && Array.isArray(row.value) ? paramOf(row.value[0]) : undefined;
      if (param === undefined) throw this.violation('tenant_id must be given as ?');
      this.params.add(param);
    }
  }

  private refuseTenantChange(set: unknown): void {
    if (!Array.isArray(set)) return;
    for (const assignment of set) {
      if (isNode(assignment) && String(assignment.column).toLowerCase() === 'tenant_id') {
        throw this.violation('a row never changes its tenant');
      }
    }
  }

  private sources(from: unknown): Source[] {
    if (from === null || from === undefined) return [];
    if (!Array.isArray(from)) throw unreadable(this.sql, 'joins in parentheses');
    const sources = from.map((node: unknown) => this.source(node));
    if (new Set(sources.map(({ alias }) => alias)).size !== sources.length)
      throw unreadable(this.sql, 'a name is used twice');
    return sources;
  }

  private source(node: unknown): Source {
    if (!isNode(node)) throw unreadable(this.sql, 'FROM');
    for (const [key, value] of Object.entries(node)) {
      if (value !== null && value !== undefined && !SOURCE_KEYS.has(key))
        throw unreadable(this.sql, `FROM with ${key}`);
    }
    if (!JOINS.has(node.join as string | undefined)) throw unreadable(this.sql, String(node.join));
    const alias = String(node.as ?? node.table ?? '').toLowerCase();
    if (isNode(node.expr)) {
      if (!isNode(node.expr.ast) || alias === '') throw unreadable(this.sql, 'FROM something that is no table');
      return { alias, guarded: false, node };
    }
    if (typeof node.table !== 'string') throw unreadable(this.sql, 'FROM something that is no table');
    const foreign = String(node.db ?? '').toLowerCase();
    if (foreign !== '' && foreign !== 'information_schema') throw unreadable(this.sql, `another schema, ${foreign}`);
    return { alias, guarded: foreign === '' && isTenantTable(node.table), node };
  }

  /** Settles whose tenant each source has; throws when one is left. */
  private settle(sources: readonly Source[], where: unknown, outer: ReadonlySet<string>): ReadonlySet<string> {
    const settled = new Set(outer);
    for (const { alias } of sources) settled.delete(alias);
    const facts = new Facts(sources);
    for (const part of conjuncts(where)) facts.add(part);
    for (const { node, alias } of sources) {
      // The ON of a left join restricts only the table that it joins.
      for (const part of conjuncts(node.on)) facts.add(part, node.join === 'LEFT JOIN' ? alias : undefined);
    }
    for (const { alias, param } of facts.bound) {
      settled.add(alias);
      this.params.add(param);
    }
    for (let grown = true; grown; ) {
      const next = facts.equal.filter(({ from, to }) => settled.has(from) && !settled.has(to));
      for (const { to } of next) settled.add(to);
      grown = next.length > 0;
    }
    const open = sources.find(({ alias, guarded }) => guarded && !settled.has(alias));
    if (open) throw this.violation(`${String(open.node.table)} is read or changed without "tenant_id = ?"`);
    return settled;
  }

  /** Looks for statements inside expressions. */
  private walk(value: unknown, settled: ReadonlySet<string>): void {
    if (Array.isArray(value)) for (const item of value) this.walk(item, settled);
    if (!isNode(value)) return;
    if (isNode(value.ast)) this.select(value.ast, settled);
    else if (value._next || (value.type === 'select' && 'columns' in value)) this.select(value, settled);
    else for (const item of Object.values(value)) this.walk(item, settled);
  }

  private violation(what: string): UnexpectedError {
    return new UnexpectedError(
      'database.gate',
      `Wall between tenants: ${what}. Add the condition, or name the statement in cross-tenant.ts with its reason: ` +
        this.sql.slice(0, 400),
    );
  }
}

/** What conditions say about `tenant_id` of the sources. */
class Facts {
  readonly bound: { readonly alias: string; readonly param: number }[] = [];
  readonly equal: { readonly from: string; readonly to: string }[] = [];

  constructor(private readonly sources: readonly Source[]) {}

  /** `only`: the one source that the condition may restrict. */
  add(condition: Node, only?: string): void {
    if (condition.type !== 'binary_expr' || condition.operator !== '=') return;
    const { left, right } = condition;
    this.addPair(left, right, only);
    this.addPair(right, left, only);
  }

  private addPair(column: unknown, other: unknown, only: string | undefined): void {
    const alias = this.aliasOf(column);
    if (alias === undefined || (only !== undefined && alias !== only)) return;
    const param = paramOf(other);
    if (param !== undefined) this.bound.push({ alias, param });
    const from = this.aliasOf(other);
    if (from !== undefined) this.equal.push({ from, to: alias });
  }

  private aliasOf(node: unknown): string | undefined {
    const qualifier = tenantColumnOf(node);
    if (qualifier !== '') return qualifier;
    return this.sources.length === 1 ? this.sources[0]?.alias : undefined;
  }
}
