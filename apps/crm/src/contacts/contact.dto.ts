import {
  CONTACT_FIELDS,
  type ContactEdit,
  type ContactField,
  REVEAL_REASONS,
  type RevealReason,
} from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto, Ref } from '@libs/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** Most contacts of a page. */
export const MOST_CONTACTS = 200;
/** Longer than any value may be; the exact rules come with the field. */
const LONGEST = 1000;

/** `:subjectId` of the person. */
export class ContactParams {
  @Ref('subject') subjectId: string;
}

/** Names that a page of rows asks for at once. */
export const MOST_NAMES = 100;

/** Whose names. */
export class NamesBody {
  @ArrayMinSize(1) @ArrayMaxSize(MOST_NAMES) @Ref('subject', { each: true }) subjectIds: string[];
}

/** `:id` of the contact. */
export class ContactIdParams {
  @Ref('contact') id: string;
}

/** Which page. */
export class ContactQuery {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(64) cursor?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(MOST_CONTACTS) limit?: number;
}

/** A name or a part of one, or a whole mobile number, e-mail address or WeChat id; and which page of those who have it. */
export class ContactSearchBody extends ContactQuery {
  @ApiProperty() @IsString() q: string;
}

/** New values; null empties a field, a field that is left out stays. */
export class ContactFieldsBody {
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsString() @MaxLength(LONGEST) name?:
    | string
    | null;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsString() @MaxLength(LONGEST) mobile?:
    | string
    | null;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsString() @MaxLength(LONGEST) email?:
    | string
    | null;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsString() @MaxLength(LONGEST) wechat?:
    | string
    | null;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsString() @MaxLength(LONGEST) address?:
    | string
    | null;
}

/** An edit of the state that the member saw. */
export class ContactEditBody implements ContactEdit {
  @ApiProperty() @IsInt() @Min(1) version: number;
  @NestedDto(() => ContactFieldsBody) fields: ContactFieldsBody;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() saveRest?: boolean;
}

/** One masked value in full, for a reason. */
export class RevealBody {
  @ApiProperty({ enum: CONTACT_FIELDS }) @IsIn(CONTACT_FIELDS) field: ContactField;
  @ApiPropertyOptional({ enum: REVEAL_REASONS }) @IsOptional() @IsIn(REVEAL_REASONS) reason?: RevealReason;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200) note?: string;
  @Ref('conversation', { optional: true }) conversationId?: string;
}

/** What two members have agreed on. */
export class BulkRevealBody {
  @Ref('approval') approvalId: string;
}

/** Which field the person is asked about. */
export class ConsentAskBody {
  @ApiProperty({ enum: CONTACT_FIELDS }) @IsIn(CONTACT_FIELDS) field: ContactField;
}
