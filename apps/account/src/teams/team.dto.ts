import { TEAM_LIMITS, type TeamAct, type TeamCreate, type TeamEdit } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';

/** Far above any limit of meaning: that one is checked with words of its own. */
const LONG = 4_000;

/** `:id` of the team. */
export class TeamParams {
  @Ref('team') id: string;
}

/** A new team. */
export class TeamCreateBody implements TeamCreate {
  @ApiProperty() @IsString() @MaxLength(LONG) name: string;
  @IsArray() @ArrayMaxSize(TEAM_LIMITS.members) @Ref('colleague', { each: true, optional: true }) memberIds?: string[];
}

/** An act on the version that the caller saw. */
export class TeamActBody implements TeamAct {
  @ApiProperty() @IsInt() @Min(1) version: number;
}

/** What is named is changed. */
export class TeamEditBody extends TeamActBody implements TeamEdit {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) name?: string;
  @IsArray() @ArrayMaxSize(TEAM_LIMITS.members) @Ref('colleague', { each: true, optional: true }) memberIds?: string[];
}
