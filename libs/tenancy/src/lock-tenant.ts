import { forUpdate, type Tx } from '@libs/database';

/**
 * One change at a time in a tenant, where names, numbers or limits hold for several rows, or a row is not there yet and
 * cannot be locked. False where there is no such tenant.
 */
export async function lockTenant(tx: Tx, tenantId: string): Promise<boolean> {
  const rows = await tx.all(`SELECT id FROM tenant_tenant WHERE id = ?${forUpdate(tx)}`, [tenantId]);
  return rows.length > 0;
}
