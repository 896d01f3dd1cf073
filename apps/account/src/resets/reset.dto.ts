import type { ResetRequest, ResetUse } from '@libs/contracts';
import { ApiProperty, Ref } from '@libs/http';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** Whose password. */
export class ResetRequestBody implements ResetRequest {
  @ApiProperty({ description: 'E-mail or verified mobile number of the login' })
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  identifier: string;
}

/** The token of the link, and the new password. */
export class ResetUseBody implements ResetUse {
  @ApiProperty() @IsString() @Matches(/^[A-Za-z0-9_-]{43}$/) token: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(256) password: string;
}

/** `:id` of the member whose password is reset. */
export class ResetMemberParams {
  @Ref('member') id: string;
}
