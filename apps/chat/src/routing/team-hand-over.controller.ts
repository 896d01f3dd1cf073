import type { AgentSent } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { AssignmentService } from '../conversations/assignment.service.js';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationParams } from '../conversations/conversation.dto.js';
import { ToTeamBody } from './routing.dto.js';
import { RoutingSettingsService } from './routing-settings.js';

/** Work for another team. */
@Controller('api/v1/chat/conversations')
@Access('conversations:reply')
export class TeamHandOverController {
  constructor(
    private readonly assignments: AssignmentService,
    private readonly settings: RoutingSettingsService,
  ) {}

  /** Back to the queue as work of this team, with a note if there is one; 409 `chat.already-taken` as when assigning. */
  @Post(':id/hand-to-team')
  @HttpCode(200)
  async handToTeam(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() { teamId, from, note }: ToTeamBody,
  ): Promise<AgentSent> {
    const asker = askerOf(caller);
    const wish = { id, to: null, from, teamId, ...(note === undefined ? {} : { note }) };
    return this.assignments.hand(asker, wish, () => this.settings.assertTeam(asker.tenantId, teamId));
  }
}
