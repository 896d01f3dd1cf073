import type { EmailChange, EmailConfirmation, MobileChange, PasswordChange, ProfileEdit } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto } from '@libs/http';
import { IsInt, IsOptional, IsString, MaxLength, Min, MinLength } from 'class-validator';
import { IdentityProofBody } from '../security/identity-proof.dto.js';

/** Longer than any value may be; the exact rules come with the field. */
const LONGEST = 1000;

function ProfileText(): PropertyDecorator {
  return (target, key) => {
    ApiPropertyOptional({ type: String, nullable: true })(target, key);
    IsOptional()(target, key);
    IsString()(target, key);
    MaxLength(LONGEST)(target, key);
  };
}

/** New values; null empties a field, a field that is left out stays. Locked ones are known, to be refused by name. */
export class ProfileFieldsBody {
  @ProfileText() displayName?: string | null;
  @ProfileText() nickname?: string | null;
  @ProfileText() realName?: string | null;
  @ProfileText() telephone?: string | null;
  @ProfileText() fax?: string | null;
  @ProfileText() contactAddress?: string | null;
  @ProfileText() region?: string | null;
  @ProfileText() position?: string | null;
  @ProfileText() interest?: string | null;
  @ProfileText() email?: string | null;
  @ProfileText() mobile?: string | null;
}

/** An edit of the state that the person saw. */
export class ProfileEditBody implements ProfileEdit {
  @ApiProperty() @IsInt() @Min(0) version: number;
  @NestedDto(() => ProfileFieldsBody) fields: ProfileFieldsBody;
}

/** A new password. */
export class PasswordChangeBody implements PasswordChange {
  @NestedDto(() => IdentityProofBody) proof: IdentityProofBody;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(LONGEST) password: string;
}

/** A new e-mail address. */
export class EmailChangeBody implements EmailChange {
  @NestedDto(() => IdentityProofBody) proof: IdentityProofBody;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(LONGEST) email: string;
}

/** The token of the link that was sent to the new address, and the login's password. */
export class EmailConfirmationBody implements EmailConfirmation {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(2048) token: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(256) password: string;
}

/** A new mobile number, with the code that went to it where codes can be sent. */
export class MobileChangeBody implements MobileChange {
  @NestedDto(() => IdentityProofBody) proof: IdentityProofBody;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(LONGEST) mobile: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(16) code?: string;
}
