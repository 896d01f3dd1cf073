import { MemberDirectory } from '@libs/auth';
import type { MemberWork as Work } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal, Ref } from '@libs/http';
import { Controller, Get, Param } from '@nestjs/common';
import { memberNotFound } from './colleagues.js';
import { MemberWork } from './member-work.js';

/** `:id` of whoever goes. */
class LeaverParams {
  @Ref('member') id: string;
}

/**
 * What members have in hand, for those who manage them (F-0208). Here, where conversations are: in a process of its own
 * the account's service knows none.
 */
@Controller('api/v1/chat/members')
@Access('members:manage')
export class MemberWorkController {
  constructor(
    private readonly members: MemberDirectory,
    private readonly works: MemberWork,
  ) {}

  /** How many open conversations are handed over when this member goes (F-0208); 404 `chat.member-not-found`. */
  @Get(':id/work')
  async work(@Caller() { tenantId }: MemberPrincipal, @Param() { id }: LeaverParams): Promise<Work> {
    if (!(await this.members.find(tenantId, id))) throw memberNotFound();
    return { openConversations: await this.works.openConversations(tenantId, id) };
  }
}
