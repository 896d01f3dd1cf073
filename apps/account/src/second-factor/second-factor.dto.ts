import { ApiProperty, Ref } from '@libs/http';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** The first code of an offered secret. */
export class FactorCodeBody {
  @ApiProperty() @IsString() @MinLength(6) @MaxLength(16) code: string;
}

/** Whose second factor is taken away. */
export class FactorMemberParams {
  @Ref('member') id: string;
}
