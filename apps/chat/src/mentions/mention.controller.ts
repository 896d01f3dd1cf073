import type { Mentions, MentionsLeft, MentionsRead } from '@libs/contracts';
import { Access, ApiProperty, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IsInt, Min } from 'class-validator';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationParams } from '../conversations/conversation.dto.js';
import { MentionService } from './mention.service.js';

export class MentionsReadBody implements MentionsRead {
  @ApiProperty({ description: 'Revision up to which they were read' }) @IsInt() @Min(1) upTo: number;
}

/** Notes that name the caller (提到我). */
@Controller('api/v1/chat')
@Access('conversations:read')
export class MentionController {
  constructor(private readonly mentions: MentionService) {}

  /** Conversations in which colleagues named the member in a note that they have not read. */
  @Get('mentions')
  list(@Caller() caller: MemberPrincipal): Promise<Mentions> {
    return this.mentions.list(askerOf(caller));
  }

  /**
   * Marks mentions as read up to a revision, and answers what is left. 404 where one does not reach the conversation.
   */
  @Post('conversations/:id/mentions/read')
  @HttpCode(200)
  read(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() { upTo }: MentionsReadBody,
  ): Promise<MentionsLeft> {
    return this.mentions.read(askerOf(caller), id, upTo);
  }
}
