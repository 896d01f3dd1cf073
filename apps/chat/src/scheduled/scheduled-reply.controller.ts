import type { AgentSent, ScheduledReplies, ScheduledReply } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationParams } from '../conversations/conversation.dto.js';
import { ScheduleBody, ScheduleChangeBody, ScheduledReplyParams } from './scheduled-reply.dto.js';
import { ScheduledReplyService } from './scheduled-reply.service.js';

/** Replies of a conversation that go out later. */
@Controller('api/v1/chat/conversations/:id/scheduled-replies')
@Access('conversations:reply')
export class ScheduledReplyController {
  constructor(private readonly replies: ScheduledReplyService) {}

  /** What waits here, and what could not be sent, with its reason; the next one first. */
  @Get()
  list(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<ScheduledReplies> {
    return this.replies.list(askerOf(caller), id);
  }

  /** At a time, or after a while by the server's clock: a minute to 90 days ahead. 409 `chat.too-many-scheduled`. */
  @Post()
  schedule(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() body: ScheduleBody,
  ): Promise<ScheduledReply> {
    return this.replies.schedule(askerOf(caller), id, body);
  }

  /** Another time or text; it waits again. The text is its author's alone. 409 `chat.scheduled-reply-changed`. */
  @Patch(':replyId')
  change(
    @Caller() caller: MemberPrincipal,
    @Param() { id, replyId }: ScheduledReplyParams,
    @Body() body: ScheduleChangeBody,
  ): Promise<ScheduledReply> {
    return this.replies.change(askerOf(caller), id, replyId, body);
  }

  /** It is not sent; 404 where it was sent by then. */
  @Delete(':replyId')
  @HttpCode(204)
  cancel(@Caller() caller: MemberPrincipal, @Param() { id, replyId }: ScheduledReplyParams): Promise<void> {
    return this.replies.cancel(askerOf(caller), id, replyId);
  }

  /** Its author sends it at once, whatever came in between. */
  @Post(':replyId/send')
  @HttpCode(200)
  send(@Caller() caller: MemberPrincipal, @Param() { id, replyId }: ScheduledReplyParams): Promise<AgentSent> {
    return this.replies.sendNow(askerOf(caller), id, replyId);
  }
}
