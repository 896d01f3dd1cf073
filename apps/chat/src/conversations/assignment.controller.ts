import { TeamDirectory } from '@libs/auth';
import type { AgentSent, Colleagues } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AssignmentService } from './assignment.service.js';
import { ColleagueList } from './colleagues.js';
import { askerOf } from './conversation.controller.js';
import { AssignBody, ConversationParams, ReleaseBody } from './conversation.dto.js';

/** Who has a conversation. */
@Controller('api/v1/chat')
@Access('conversations:reply')
export class AssignmentController {
  constructor(
    private readonly assignments: AssignmentService,
    private readonly list: ColleagueList,
    private readonly teams: TeamDirectory,
  ) {}

  /** To whom a conversation can be given. */
  @Get('colleagues')
  async colleagues(@Caller() { tenantId }: MemberPrincipal): Promise<Colleagues> {
    return { ...(await this.list.all(tenantId)), teams: await this.teams.named(tenantId) };
  }

  /** To a colleague, with a note if there is one; 409 `chat.already-taken` when another was quicker. */
  @Post('conversations/:id/assign')
  @HttpCode(200)
  assign(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() { to, from, note }: AssignBody,
  ): Promise<AgentSent> {
    return this.assignments.hand(askerOf(caller), { id, to, from, ...(note === undefined ? {} : { note }) });
  }

  /** Back to the queue. */
  @Post('conversations/:id/release')
  @HttpCode(200)
  release(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() { from, note }: ReleaseBody,
  ): Promise<AgentSent> {
    return this.assignments.hand(askerOf(caller), { id, to: null, from, ...(note === undefined ? {} : { note }) });
  }
}
