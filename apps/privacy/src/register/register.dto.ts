import type { RegisterContent } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const MOST_VERSIONS = 1_000_000;
const NOTE = 500;

/** `:version` of the register; not an id, versions are counted. */
export class RegisterVersionParams {
  @ApiProperty() @IsInt() @Min(1) @Max(MOST_VERSIONS) version: number;
}

/** A register to try out. Its form is closed too: the book refuses what has a part too many. */
export class RegisterPreviewBody {
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(MOST_VERSIONS) baseVersion?: number;
  @ApiProperty({ type: 'object', additionalProperties: true }) @IsObject() register: RegisterContent;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(NOTE) note?: string;
}

/** A new version of the register. */
export class RegisterChangeBody {
  @ApiProperty() @IsInt() @Min(1) @Max(MOST_VERSIONS) baseVersion: number;
  @ApiProperty({ type: 'object', additionalProperties: true }) @IsObject() register: RegisterContent;
  @ApiProperty() @IsString() @MaxLength(NOTE) note: string;
  @Ref('approval', { optional: true }) approvalId?: string;
}
