import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const DECISIONS = ['grant', 'refuse', 'withdraw'] as const;

/** Which records; all parts that are given must fit. */
export class ConsentQuery {
  @Ref('subject', { optional: true }) subjectId?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(120) scope?: string;
  @ApiPropertyOptional({ enum: DECISIONS }) @IsOptional() @IsIn(DECISIONS) decision?: (typeof DECISIONS)[number];
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(100) cursor?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(200) limit?: number;
}

/** `:id` of a record. */
export class ConsentParams {
  @ApiProperty() @Ref('consent') id: string;
}

/** Whose records. */
export class PersonQuery {
  @ApiProperty() @Ref('subject') subjectId: string;
}
