import type { CannedCreate, CannedDelete, CannedEdit, CannedLocale, CannedOwner, CannedText } from '@libs/contracts';
import { ApiProperty, Ref } from '@libs/http';
import { IsIn, IsInt, IsString, Max, MaxLength, Min, ValidateIf } from 'class-validator';

/** Far above any limit of meaning: those are checked with words of their own. */
const LONG = 25_000;
const SHORT = 400;

/** `:id` of a canned response. */
export class CannedParams {
  @ApiProperty() @Ref('canned-response') id: string;
}

class CannedTextBody implements CannedText {
  @ApiProperty() @IsString() @MaxLength(SHORT) shortcut: string;
  @ApiProperty() @IsString() @MaxLength(SHORT) title: string;
  @ApiProperty() @IsString() @MaxLength(LONG) text: string;

  @ApiProperty({ enum: ['zh-CN', 'en'], type: String, nullable: true })
  @ValidateIf(({ locale }: CannedTextBody) => locale !== null)
  @IsIn(['zh-CN', 'en'])
  locale: CannedLocale | null;

  @ApiProperty() @IsInt() @Min(0) @Max(9_999) position: number;
}

export class CannedCreateBody extends CannedTextBody implements CannedCreate {
  @ApiProperty({ enum: ['workspace', 'me'] }) @IsIn(['workspace', 'me']) owner: CannedOwner;
}

export class CannedEditBody extends CannedTextBody implements CannedEdit {
  @ApiProperty() @IsInt() @Min(1) version: number;
}

export class CannedDeleteBody implements CannedDelete {
  @ApiProperty() @IsInt() @Min(1) version: number;
}
