import type {
  BrandContrast,
  IdentityMode,
  InboxAct,
  InboxCreate,
  InboxEdit,
  InboxEnd,
  InboxLocale,
  InboxLookChoice,
} from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto } from '@libs/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MOST_ORIGINS } from './inbox-origins.js';

const LOCALES: readonly InboxLocale[] = ['zh-CN', 'en'];
/** Far above any limit of meaning: those are checked with words of their own. */
const LONG = 4_000;
const MOST_MARGIN = 200;

export class InboxCreateBody implements InboxCreate {
  @ApiProperty() @IsString() @MaxLength(LONG) name: string;
}

export class InboxActBody implements InboxAct {
  @ApiProperty() @IsInt() @Min(1) version: number;
}

export class InboxEndBody extends InboxActBody implements InboxEnd {
  @ApiProperty() @IsString() @MaxLength(LONG) name: string;
}

export class InboxLookBody implements InboxLookChoice {
  @ApiProperty() @Matches(/^#[0-9a-fA-F]{6}$/) brand: string;
  @ApiProperty({ enum: ['keep', 'shade'] }) @IsIn(['keep', 'shade']) contrast: BrandContrast;
  @ApiProperty({ enum: ['auto', 'light', 'dark'] }) @IsIn(['auto', 'light', 'dark']) mode: InboxLookChoice['mode'];
  @ApiProperty({ enum: ['left', 'right'] }) @IsIn(['left', 'right']) side: InboxLookChoice['side'];
  @ApiProperty() @IsInt() @Min(0) @Max(MOST_MARGIN) offsetX: number;
  @ApiProperty() @IsInt() @Min(0) @Max(MOST_MARGIN) offsetY: number;
}

/** Words by language; another language is an unknown property and refused. */
export class GreetingBody {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) 'zh-CN'?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) en?: string;
}

export class InboxEditBody extends InboxActBody implements Omit<InboxEdit, 'greeting'> {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) name?: string;
  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_ORIGINS)
  @IsString({ each: true })
  @MaxLength(LONG, { each: true })
  origins?: string[];
  @NestedDto(() => InboxLookBody, { optional: true }) look?: InboxLookBody;
  @ApiPropertyOptional({ enum: LOCALES, isArray: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LOCALES.length)
  @IsIn(LOCALES, { each: true })
  locales?: InboxLocale[];
  @NestedDto(() => GreetingBody, { optional: true }) greeting?: GreetingBody;
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Matches(/^(?:\+?[\d\s()-]{3,40})?$/)
  phone?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) businessName?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) businessContact?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG) complaintContact?: string;
  @ApiPropertyOptional({ enum: ['off', 'optional', 'required'] })
  @IsOptional()
  @IsIn(['off', 'optional', 'required'])
  identityMode?: IdentityMode;
}

/** `:version` of a notice; not an id, versions are counted. */
export class NoticeParams {
  @ApiProperty() @Matches(/^[A-Za-z0-9_-]{8,32}$/) key: string;
  @ApiProperty() @IsInt() @Min(1) @Max(1_000_000) version: number;
}
