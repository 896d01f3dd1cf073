import type { ReplySchedule, ScheduledReplyChange } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** A scheduled reply of a conversation. */
export class ScheduledReplyParams {
  @ApiProperty() @Ref('conversation') id: string;
  @ApiProperty() @Ref('scheduled-reply') replyId: string;
}

/** A reply, and when it goes out; the service says which times there are. */
export class ScheduleBody implements ReplySchedule {
  @ApiProperty() @IsString() text: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) at?: number;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) inMs?: number;
}

/** What is left out stays. */
export class ScheduleChangeBody implements ScheduledReplyChange {
  @ApiProperty() @IsInt() @Min(1) version: number;
  @ApiPropertyOptional() @IsOptional() @IsString() text?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) at?: number;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) inMs?: number;
}
