import type { SecondStep, SignIn, SignInVerify } from '@libs/contracts';
import { ApiProperty, Ref } from '@libs/http';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/** What a person signs in with. */
export class SignInBody implements SignIn {
  @ApiProperty({ description: 'E-mail of the login' }) @IsString() @MinLength(1) @MaxLength(254) identifier: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(256) password: string;
  /** Which workspace, for a login that has several; `choices` of the first answer. */
  @Ref('tenant', { optional: true }) tenantId?: string;
  @ApiProperty({ required: false, description: 'Stay signed in on this device' })
  @IsOptional()
  @IsBoolean()
  keep?: boolean;
}

const SECOND_STEPS: readonly SecondStep[] = ['totp', 'recovery-code', 'sms'];

/** The next step of a sign-in. */
export class SignInVerifyBody implements SignInVerify {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(2048) ticket: string;
  @ApiProperty({ required: false, enum: SECOND_STEPS }) @IsOptional() @IsIn(SECOND_STEPS) method?: SecondStep;
  @ApiProperty({ required: false }) @IsOptional() @IsString() @MinLength(1) @MaxLength(64) code?: string;
  /** Which workspace, where there was a choice. */
  @Ref('tenant', { optional: true }) tenantId?: string;
}
