import type { CodePurpose, CodeRequest, CodeSignIn } from '@libs/contracts';
import { ApiProperty, Ref } from '@libs/http';
import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

const CODE_USES: readonly CodePurpose[] = ['sign-up', 'sign-in', 'change-mobile', 'identity-check'];

/** Asks for a code by text message. */
export class CodeRequestBody implements CodeRequest {
  @ApiProperty({ enum: CODE_USES }) @IsIn(CODE_USES) purpose: CodePurpose;
  @ApiProperty({ required: false, description: 'Left out for identity-check' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  mobile?: string;
}

/** Signing in with a code. */
export class CodeSignInBody implements CodeSignIn {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(40) mobile: string;
  @ApiProperty({ description: 'Six digits' }) @IsString() @Matches(/^\d{6}$/) code: string;
  /** Which workspace, for a login that has several. */
  @Ref('tenant', { optional: true }) tenantId?: string;
  @ApiProperty({ required: false, description: 'Stay signed in on this device' })
  @IsOptional()
  @IsBoolean()
  keep?: boolean;
}
