import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { IsOptional, IsString, Length } from 'class-validator';

const CURSOR = 36;

/** Whose data, and which page. */
export class ReadQuery {
  @ApiProperty() @Ref('subject') subjectId: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(CURSOR, CURSOR) cursor?: string;
}
