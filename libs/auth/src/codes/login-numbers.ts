import { inTenant } from '../in-tenant.js';
import { MOBILE } from '../logins/login-fields.js';
import type { KnownLogin } from '../members/staff-accounts.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

const FOUND =
  'SELECT l.id, l.subject_id, l.secret_hash, l.mobile_sealed FROM auth_login l ' +
  'JOIN privacy_data_subject d ON d.tenant_id = l.tenant_id AND d.id = l.subject_id ' +
  "WHERE l.tenant_id = ? AND d.tenant_id = ? AND d.state = 'live' AND l.mobile_verified_at IS NOT NULL";

interface Row {
  readonly id: string;
  readonly subject_id: string;
  readonly secret_hash: string;
  readonly mobile_sealed: Buffer;
}

/** Logins by their mobile numbers. A number that nobody has shown to be theirs counts for nothing. */
export class LoginNumbers {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  /** The login with this verified number, also a frozen one. */
  async loginOf(numberIndex: string): Promise<KnownLogin | undefined> {
    const row = await this.find('l.mobile_index', numberIndex);
    return row && { id: row.id, subjectId: row.subject_id, secretHash: row.secret_hash };
  }

  /** The verified number of a login, in E.164. */
  async numberOf(loginId: string): Promise<string | undefined> {
    const { cipher } = this.ports;
    const row = await this.find('l.id', loginId);
    if (!row) return undefined;
    const tenantId = await this.platform.id();
    await cipher.load(tenantId, [row.subject_id], MOBILE.group);
    // libsql answers blobs as ArrayBuffer.
    return cipher.open(tenantId, row.subject_id, MOBILE, row.id, Buffer.from(row.mobile_sealed), 'security');
  }

  private async find(column: 'l.mobile_index' | 'l.id', value: string): Promise<Row | undefined> {
    const tenantId = await this.platform.id();
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<Row>(`${FOUND} AND ${column} = ?`, [tenantId, tenantId, value]),
    );
    return row;
  }
}
