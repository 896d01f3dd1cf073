import type { AgentSent, ConversationSnoozed } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationParams } from '../conversations/conversation.dto.js';
import { SnoozeBody } from './snooze.dto.js';
import { SnoozeService } from './snooze.service.js';

/** Putting conversations off. */
@Controller('api/v1/chat/conversations/:id')
@Access('conversations:reply')
export class SnoozeController {
  constructor(private readonly snoozes: SnoozeService) {}

  /** Until a time, or for a while from now by the server's clock; it comes back by itself. */
  @Post('snooze')
  @HttpCode(200)
  snooze(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() body: SnoozeBody,
  ): Promise<ConversationSnoozed> {
    return this.snoozes.snooze(askerOf(caller), id, body);
  }

  /** Back at once, to whoever has it or to the queue. */
  @Post('wake')
  @HttpCode(200)
  wake(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<AgentSent> {
    return this.snoozes.wake(askerOf(caller), id);
  }
}
