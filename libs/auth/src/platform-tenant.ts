import type { SqlReader } from '@libs/database';
import { OperationalError } from '@libs/kernel';
import { PLATFORM_TENANT } from './cross-tenant-statements.js';

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
