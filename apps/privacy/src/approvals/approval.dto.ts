import type { ApprovalKind, RegisterContent } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Min,
} from 'class-validator';

const KINDS: readonly ApprovalKind[] = ['bulk-reveal', 'loosen-fields'];
const MOST_FIELDS = 20;
const MOST_CONTACTS = 500;

/** `:id` of an approval. */
export class ApprovalParams {
  @ApiProperty() @Ref('approval') id: string;
}

/** What a second person is to decide about. */
export class ApprovalBody {
  @ApiProperty({ enum: KINDS }) @IsIn(KINDS) kind: ApprovalKind;

  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(MOST_FIELDS)
  @IsString({ each: true })
  fields: string[];

  @Ref('contact', { each: true, optional: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CONTACTS)
  contactIds?: string[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IsOptional()
  @IsObject()
  register?: RegisterContent;

  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) baseVersion?: number;

  @ApiProperty() @IsString() @Length(1, 200) reason: string;
}
