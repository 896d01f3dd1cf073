import type { ConversationSnooze } from '@libs/contracts';
import { ApiPropertyOptional } from '@libs/http';
import { IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';

/** Until when; the service says which times there are. */
export class SnoozeBody implements ConversationSnooze {
  /** One of the two has to be there. */
  @ApiPropertyOptional()
  @ValidateIf(({ until, inMs }: SnoozeBody) => until !== undefined || inMs === undefined)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  until?: number;

  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) inMs?: number;
}
