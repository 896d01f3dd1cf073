import { inTenant } from '../in-tenant.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

/** What a login is at this moment. */
export interface LoginStanding {
  readonly id: string;
  readonly subjectId: string;
  readonly secretHash: string;
  readonly state: 'active' | 'frozen';
  /** Attempts are counted by it, whatever the login was named by. */
  readonly emailIndex: string;
  /** When something sent to its address came back; null where nothing has. */
  readonly emailVerifiedAt: number | null;
  /** When a code sent to its mobile number came back; null where none has. */
  readonly mobileVerifiedAt: number | null;
}

interface Row {
  readonly id: string;
  readonly subject_id: string;
  readonly secret_hash: string;
  readonly state: LoginStanding['state'];
  readonly email_index: string;
  readonly email_verified_at: number | string | null;
  readonly mobile_verified_at: number | string | null;
}

/** Reads logins by id; a person who is being erased has none. */
export class LoginStandings {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  async of(loginId: string): Promise<LoginStanding | undefined> {
    const tenantId = await this.platform.id();
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<Row>(
        'SELECT l.id, l.subject_id, l.secret_hash, l.state, l.email_index, ' +
          'l.email_verified_at, l.mobile_verified_at FROM auth_login l ' +
          'JOIN privacy_data_subject d ON d.tenant_id = l.tenant_id AND d.id = l.subject_id ' +
          "WHERE l.tenant_id = ? AND d.tenant_id = ? AND d.state = 'live' AND l.id = ?",
        [tenantId, tenantId, loginId],
      ),
    );
    return (
      row && {
        ...{ id: row.id, subjectId: row.subject_id, secretHash: row.secret_hash },
        ...{ state: row.state, emailIndex: row.email_index },
        emailVerifiedAt: row.email_verified_at === null ? null : Number(row.email_verified_at),
        mobileVerifiedAt: row.mobile_verified_at === null ? null : Number(row.mobile_verified_at),
      }
    );
  }

  /** The login of a member who is active. */
  async ofMember(tenantId: string, memberId: string): Promise<LoginStanding | undefined> {
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ login_id: string }>(
        "SELECT login_id FROM auth_member WHERE tenant_id = ? AND id = ? AND state = 'active'",
        [tenantId, memberId],
      ),
    );
    return row && this.of(row.login_id);
  }
}
