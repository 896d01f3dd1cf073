import type { AgentSent, ConversationTakeOver } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal, Ref } from '@libs/http';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationParams } from '../conversations/conversation.dto.js';
import { TakeOverService } from './take-over.service.js';

/** Who had it on the screen of whoever takes over. */
export class TakeOverBody implements ConversationTakeOver {
  @Ref('colleague') from: string;
}

/** What a supervisor does in a colleague's conversation besides reading it. */
@Controller('api/v1/chat/conversations/:id/take-over')
export class LiveViewController {
  constructor(private readonly takes: TakeOverService) {}

  /** From here on the caller replies; the former agent is told at once. */
  @Post()
  @HttpCode(200)
  @Access('conversations:watch')
  takeOver(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() { from }: TakeOverBody,
  ): Promise<AgentSent> {
    return this.takes.takeOver(askerOf(caller), id, from);
  }
}
