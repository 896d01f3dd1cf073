import type { Tx } from '@libs/database';
import { noWorkspace } from '../auth.errors.js';

/** The fence: a person who is being erased gets no new rows. */
export async function assertLive(tx: Tx, tenantId: string, subjectId: string): Promise<void> {
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  const sql = `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ? AND state = 'live'${lock}`;
  if ((await tx.all(sql, [tenantId, subjectId])).length === 0) throw noWorkspace();
}
