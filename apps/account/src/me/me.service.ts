import { MemberNames, type MemberRole } from '@libs/auth';
import type { Me } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import type { MemberPrincipal } from '@libs/http';
import { UnexpectedError } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';

/** Says who is signed in and where. */
@Injectable()
export class MeService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly names: MemberNames,
  ) {}

  async describe(member: Pick<MemberPrincipal, 'tenantId' | 'memberId' | 'role' | 'pending'>): Promise<Me> {
    const { tenantId, memberId, role, pending = [] } = member;
    const [tenant] = await this.database.reader.all<Me['tenant']>(
      'SELECT id, name, slug FROM tenant_tenant WHERE id = ?',
      [tenantId],
    );
    if (!tenant) throw new UnexpectedError('account.tenant-missing', 'A session names a tenant that is not there');
    const names = await this.names.nameOf(tenantId, [memberId]);
    const { id, name, slug } = tenant;
    const who = { memberId, displayName: names.get(memberId) ?? '', role: role as MemberRole };
    return { ...who, tenant: { id, name, slug }, ...(pending.length > 0 ? { pending } : {}) };
  }
}
