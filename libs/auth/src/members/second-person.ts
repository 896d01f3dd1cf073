import type { Tx } from '@libs/database';
import { permissionsOf } from './roles.js';

/** True while a member is active and may be the second person (P-1007); kept so until the commit of `tx`. */
export async function mayApprove(tx: Tx, tenantId: string, memberId: string): Promise<boolean> {
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  const [row] = await tx.all<{ role: string }>(
    `SELECT role FROM auth_member WHERE tenant_id = ? AND id = ? AND state = 'active'${lock}`,
    [tenantId, memberId],
  );
  return row !== undefined && permissionsOf(row.role).has('privacy:approve');
}
