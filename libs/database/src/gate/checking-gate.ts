import { Lru, UnexpectedError } from '@libs/kernel';
import type { Dialect, SqlValue } from '../sql.js';
import { crossTenantStatement } from './cross-tenant.js';
import type { GateScope, QueryGate } from './gate.js';
import { readableText } from './sql-text.js';
import { parseStatement } from './statement-reader.js';
import { isTenantTable, TenantRules } from './tenant-rules.js';

/** Texts that are remembered; lists of placeholders come in few lengths (`chunks`), so this is plenty. */
const TEXTS = 5000;
/** Shared by all gates of a process: what a text says does not hang on the database it is sent to. */
const known: Readonly<Record<Dialect, Lru<string, readonly number[]>>> = {
  sqlite: new Lru(TEXTS),
  mariadb: new Lru(TEXTS),
};

/**
 * The gate of design 4.3: each statement is parsed once per text, and each time it runs the parameters that stand
 * beside `tenant_id` must hold a tenant that the present work may touch. Active in all tests and in the demo.
 */
export function checkingGate(dialect: Dialect): QueryGate {
  const texts = known[dialect];
  return {
    check: (sql, params, scope) => {
      let indexes = texts.get(sql);
      if (!indexes) {
        indexes = tenantParams(sql, dialect);
        texts.set(sql, indexes);
      }
      for (const index of indexes) assertAllowed(params[index], scope, sql);
    },
    checkRows: (table, columns, rows, scope) => {
      if (!/^\w+$/.test(table))
        throw new UnexpectedError('database.gate-unreadable', `"${table}" is no name of a table`);
      if (!isTenantTable(table)) return;
      if (columns[0] !== 'tenant_id') {
        throw new UnexpectedError('database.gate', `Rows of ${table} must begin with tenant_id`);
      }
      for (const row of rows) assertAllowed(row[0], scope, `INSERT INTO ${table}`);
    },
  };
}

function tenantParams(sql: string, dialect: Dialect): readonly number[] {
  if (crossTenantStatement(sql)) return [];
  const readable = readableText(sql, dialect);
  return new TenantRules(sql, readable).tenantParams(parseStatement(sql, readable, dialect));
}

function assertAllowed(value: SqlValue | undefined, scope: GateScope, sql: string): void {
  if (typeof value === 'string' && scope.allows(value)) return;
  throw new UnexpectedError(
    'database.gate',
    `Wall between tenants: a statement names a tenant that the present work may not touch: ${sql.slice(0, 400)}`,
  );
}
