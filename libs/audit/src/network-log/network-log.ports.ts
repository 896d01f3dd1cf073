/** Keys of the network log: one per tenant and calendar month (`2026-11`). */
export interface LogKeys {
  /** A borrowed key, made on first use; use it at once. */
  monthKey(tenantId: string, month: string): Promise<Buffer>;
  /** Ends every row of that month, wherever copies lie. Idempotent. */
  destroyMonth(tenantId: string, month: string): Promise<void>;
}

/** When contracts ended. */
export interface TenantEnds {
  /** ms since the epoch, null while the tenant is served. */
  endedAt(tenantId: string): Promise<number | null>;
}
