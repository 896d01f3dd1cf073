import { inTenant } from '../in-tenant.js';
import type { AuthPorts } from '../ports.js';

/** When a workspace stopped being one person's. */
export class JoinedMembers {
  constructor(private readonly ports: Pick<AuthPorts, 'database'>) {}

  /** When somebody joined besides who made the workspace; null while nobody has. */
  async secondAt(tenantId: string): Promise<number | null> {
    const sql = 'SELECT created_at FROM auth_member WHERE tenant_id = ? ORDER BY id LIMIT 2';
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ created_at: number | string }>(sql, [tenantId]),
    );
    return rows[1] === undefined ? null : Number(rows[1].created_at);
  }
}
