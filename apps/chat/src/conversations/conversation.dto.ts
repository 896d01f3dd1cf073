import type {
  AgentNote,
  AgentSend,
  ConversationAssign,
  ConversationRelease,
  MessageReveal,
  RevealReason,
} from '@libs/contracts';
import { LIMITS, REVEAL_REASONS } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NotRef, Ref } from '@libs/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

/** `:id` of a conversation. */
export class ConversationParams {
  @ApiProperty() @Ref('conversation') id: string;
}

/** `:seq` of a message in the conversation `:id`. */
export class MessageParams extends ConversationParams {
  @ApiProperty() @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) seq: number;
}

/** Why a message is shown with its numbers. */
export class MessageRevealBody implements MessageReveal {
  @ApiProperty({ enum: REVEAL_REASONS }) @IsIn(REVEAL_REASONS) reason: RevealReason;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200) note?: string;
}

/** Which page of the history. */
export class ItemsQuery {
  @ApiPropertyOptional({ description: 'Only entries before this revision; absent = the newest' })
  @IsOptional()
  @IsInt()
  @Min(1)
  before?: number;

  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(LIMITS.syncPage) limit?: number;
}

/** A reply or note over HTTP: the fallback of the socket's packets, same numbers. */
export class SendBody implements Omit<AgentSend, 'conversationId'> {
  @ApiProperty() @IsString() @MaxLength(32) @NotRef('random name of a page load') sender: string;
  @ApiProperty() @IsInt() @Min(1) number: number;
  @ApiProperty() @IsString() text: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) seen?: number;
}

/** An internal note, with whom it names. */
export class NoteBody extends SendBody implements Omit<AgentNote, 'conversationId'> {
  // Refused by its own code beyond the limit of meaning.
  @IsArray() @ArrayMaxSize(200) @Ref('member', { each: true, optional: true }) memberIds?: string[];
}

/** Who shall have it. */
export class AssignBody implements ConversationAssign {
  @ApiProperty() @Ref('member') to: string;

  @ApiProperty({ type: String, nullable: true })
  @NotRef('compared with who has it, and with nothing else')
  @ValidateIf(({ from }: AssignBody) => from !== null)
  @IsString()
  @MaxLength(36)
  from: string | null;

  @ApiPropertyOptional() @IsOptional() @IsString() note?: string;
}

/** Nobody shall have it. */
export class ReleaseBody implements ConversationRelease {
  @ApiProperty()
  @NotRef('compared with who has it, and with nothing else')
  @IsString()
  @MaxLength(36)
  from: string;

  @ApiPropertyOptional() @IsOptional() @IsString() note?: string;
}
