import type { DraftVersion, KeptDraft } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationParams } from '../conversations/conversation.dto.js';
import { DraftBody } from './draft.dto.js';
import { DraftService } from './draft.service.js';

/** What the caller has written in a conversation and not sent. */
@Controller('api/v1/chat/conversations/:id/draft')
@Access('conversations:reply')
export class DraftController {
  constructor(private readonly drafts: DraftService) {}

  /** What the member has begun to write here, on whichever device. 404 where one does not reach the conversation. */
  @Get()
  find(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<KeptDraft> {
    return this.drafts.find(askerOf(caller), id);
  }

  /** 409 `chat.draft-changed` when another tab was quicker. */
  @Put()
  keep(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() body: DraftBody,
  ): Promise<DraftVersion> {
    return this.drafts.keep(askerOf(caller), id, body);
  }
}
