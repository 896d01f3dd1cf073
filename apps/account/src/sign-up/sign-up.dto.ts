import { type SignUp, type SignUpAgreements, TENANT_KINDS, type TenantKind } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto } from '@libs/http';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/** Longer than any name may be; the exact rules have codes of their own. */
const LONGEST = 1000;

/** The organisation. */
class SignUpWorkspaceBody {
  @ApiProperty({ enum: TENANT_KINDS }) @IsIn(TENANT_KINDS) kind: TenantKind;
  @ApiProperty() @IsString() @MaxLength(LONGEST) name: string;
}

/** Who opens the workspace. */
class SignUpOwnerBody {
  @ApiProperty() @IsString() @MaxLength(LONGEST) name: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(LONGEST) email: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(LONGEST) mobile: string;
  @ApiProperty() @IsString() @MaxLength(LONGEST) password: string;
}

/** What is agreed to, each by its own tick. */
export class AgreementsBody implements SignUpAgreements {
  @ApiProperty() @IsBoolean() privacyPolicy: boolean;
  @ApiProperty() @IsBoolean() processingTerms: boolean;
  @ApiProperty() @IsBoolean() adult: boolean;
  @ApiProperty() @IsString() @MaxLength(64) shown: string;
}

/** A workspace and its owner. */
export class SignUpBody implements SignUp {
  @NestedDto(() => SignUpWorkspaceBody) workspace: SignUpWorkspaceBody;
  @NestedDto(() => SignUpOwnerBody) owner: SignUpOwnerBody;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(16) code?: string;
  @NestedDto(() => AgreementsBody) agreements: AgreementsBody;
}

/** In which language the texts are wanted. */
export class AgreementsQuery {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(16) locale?: string;
}
