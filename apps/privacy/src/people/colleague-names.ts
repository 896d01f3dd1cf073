import { MemberNames } from '@libs/auth';
import { isId } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';

/** Names of those who acted; empty for a colleague whose person was erased. */
@Injectable()
export class ColleagueNames {
  constructor(@Inject(MemberNames) private readonly names: MemberNames) {}

  /** Answers the name of a member id; a job is called by its own name. */
  async of(ids: readonly (string | null)[]): Promise<(id: string) => string> {
    const members = [...new Set(ids)].filter((id): id is string => isId(id));
    const names = await this.names.nameOf(currentTenant().tenantId, members);
    return (id) => (isId(id) ? (names.get(id) ?? '') : id);
  }
}
