import { MemberNames, type MemberRole } from '@libs/auth';
import type { Me } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';

/** Says who is signed in and where. */
@Injectable()
export class MeService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly names: MemberNames,
  ) {}

  async describe(member: { tenantId: string; memberId: string; role: string }): Promise<Me> {
    const { tenantId, memberId, role } = member;
    const [tenant] = await this.database.reader.all<Me['tenant']>(
      'SELECT id, name, slug FROM tenant_tenant WHERE id = ?',
      [tenantId],
    );
    if (!tenant) throw new UnexpectedError('account.tenant-missing', 'A session names a tenant that is not there');
    const names = await this.names.nameOf(tenantId, [memberId]);
    const { id, name, slug } = tenant;
    return { memberId, displayName: names.get(memberId) ?? '', role: role as MemberRole, tenant: { id, name, slug } };
  }
}
