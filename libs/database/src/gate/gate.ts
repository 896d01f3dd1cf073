import type { SqlValue } from '../sql.js';

/** Which tenants the present work may touch: those of the write sets of a batch, or the one of the context. */
export interface GateScope {
  allows(tenantId: string): boolean;
}

/** Watches every statement on its way to the driver (design 4.3). The production default lets everything pass. */
export interface QueryGate {
  /** Throws when a tenant table is touched without `tenant_id = ?` bound to an allowed tenant. */
  check(sql: string, params: readonly SqlValue[], scope: GateScope): void;
  /** The same for appended rows: `tenant_id` must be the first column, each row's value allowed. */
  checkRows(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[], scope: GateScope): void;
}

/** No watching: production and the bench pay nothing for the gate. */
export const openGate: QueryGate = { check: () => {}, checkRows: () => {} };

/** A scope of fixed tenants. */
export function tenantsScope(tenants: ReadonlySet<string>): GateScope {
  return { allows: (tenantId) => tenants.has(tenantId) };
}

/** Where only named cross-tenant statements may run (start-up, feed, sequencer). */
export const noTenant: GateScope = { allows: () => false };
