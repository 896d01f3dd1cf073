import { MemberDirectory, permissionsOf } from '@libs/auth';
import type { Colleagues, MemberSummary } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';

/** The same for one of another workspace. */
export const memberNotFound = (): UserError =>
  new UserError('chat.member-not-found', 'There is no such member', { status: 404 });

/** Members who can have conversations: active ones whose role replies. */
@Injectable()
export class ColleagueList {
  constructor(
    private readonly members: MemberDirectory,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
  ) {}

  /** All of them, by the names under which they appear in conversations. */
  async all(tenantId: string): Promise<Pick<Colleagues, 'items'>> {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<MemberDirectory['page']>> = await this.members.page(tenantId, cursor, 100);
      ids.push(...page.items.filter(isAble).map(({ id }) => id));
      cursor = page.next;
    }
    const names = await this.names.nameOf(tenantId, ids);
    const items = ids.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id)! }] : []));
    return { items: items.sort((one, other) => one.name.localeCompare(other.name)) };
  }

  /** Refuses whoever cannot have a conversation; 404 where there is no such member, here or anywhere. */
  async require(tenantId: string, memberId: string): Promise<void> {
    const member = await this.members.find(tenantId, memberId);
    if (!member) throw memberNotFound();
    if (isAble(member)) return;
    throw new UserError('chat.member-unable', 'This member can have no conversation', { status: 422 });
  }

  /** True while the member can have conversations. */
  async isAble(tenantId: string, memberId: string): Promise<boolean> {
    const member = await this.members.find(tenantId, memberId);
    return member !== undefined && isAble(member);
  }
}

function isAble({ state, role }: MemberSummary): boolean {
  return state === 'active' && permissionsOf(role).has('conversations:reply');
}
