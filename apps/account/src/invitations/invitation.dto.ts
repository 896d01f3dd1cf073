import { ROLES } from '@libs/auth';
import type { InvitationAccept, InvitationRequest, Me, SignUpAgreements } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto, Ref } from '@libs/http';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/** Whom, and as what. */
export class InvitationBody implements InvitationRequest {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(254) email: string;
  @ApiProperty({ enum: ROLES }) @IsIn(ROLES) role: Me['role'];
}

/** `:id` of an invitation. */
export class InvitationParams {
  @Ref('invitation') id: string;
}

/** The secret of the link. */
export class InvitationTokenBody {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(200) token: string;
}

/** What is agreed to, each by its own tick. */
export class InvitedAgreementsBody implements SignUpAgreements {
  @ApiProperty() @IsBoolean() privacyPolicy: boolean;
  @ApiProperty() @IsBoolean() processingTerms: boolean;
  @ApiProperty() @IsBoolean() adult: boolean;
  @ApiProperty() @IsString() @MaxLength(64) shown: string;
}

/** A login that is made for the invited address. */
export class InvitedFreshBody {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(1000) name: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(40) mobile: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(256) password: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(16) code?: string;
  @NestedDto(() => InvitedAgreementsBody) agreements: InvitedAgreementsBody;
}

/** A login that exists. */
export class InvitedKnownBody {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(254) identifier: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(256) password: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(1000) name: string;
}

/** Exactly one of both ways. */
export class InvitationAcceptBody extends InvitationTokenBody implements InvitationAccept {
  @NestedDto(() => InvitedFreshBody, { optional: true }) fresh?: InvitedFreshBody;
  @NestedDto(() => InvitedKnownBody, { optional: true }) known?: InvitedKnownBody;
}
