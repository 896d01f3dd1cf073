import type { SqlReader } from '@libs/database';
import { OperationalError } from '@libs/kernel';

/** The list of tenants belongs to no tenant, so this read is none across them. */
const PLATFORM_TENANT = "SELECT id FROM tenant_tenant WHERE slug = 'platform'";

/** The tenant that logins belong to. Its id never changes, so it is read once. */
export class PlatformTenant {
  private known: string | undefined;

  constructor(private readonly reader: SqlReader) {}

  async id(): Promise<string> {
    if (this.known !== undefined) return this.known;
    const [row] = await this.reader.all<{ id: string }>(PLATFORM_TENANT, []);
    if (!row) throw new OperationalError('account.platform-missing', 'The platform tenant has not been created yet.');
    this.known = row.id;
    return row.id;
  }
}
