import type { SignIn } from '@libs/contracts';
import { Ref } from '@libs/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** What a person signs in with. */
export class SignInBody implements SignIn {
  @ApiProperty({ description: 'E-mail of the login' }) @IsString() @MinLength(1) @MaxLength(254) identifier: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(256) password: string;
  /** Which workspace, for a login that has several; `choices` of the first answer. */
  @Ref('tenant', { optional: true }) tenantId?: string;
}
