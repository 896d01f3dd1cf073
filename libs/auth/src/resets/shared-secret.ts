import { inTenant } from '../in-tenant.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

/** The step `password`: after an admin's link somebody else may know the password. Setting another one ends it. */
export class SharedSecret {
  readonly step = 'password';

  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  async isOwed({ loginId }: { readonly loginId: string }): Promise<boolean> {
    const tenantId = await this.platform.id();
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all(
        'SELECT id FROM auth_login WHERE tenant_id = ? AND id = ? AND secret_shared_at IS NOT NULL',
        [tenantId, loginId],
      ),
    );
    return rows.length > 0;
  }
}
