import { type DraftKeep, LIMITS } from '@libs/contracts';
import { ApiProperty } from '@libs/http';
import { IsInt, IsString, MaxLength, Min } from 'class-validator';

/** Somebody on the way to a text that can be sent may be beyond its end for a while. */
const LONGEST = LIMITS.messageCharacters + 5_000;

/** Both texts as they stand, and what they stand on. */
export class DraftBody implements DraftKeep {
  @ApiProperty() @IsString() @MaxLength(LONGEST) message: string;
  @ApiProperty() @IsString() @MaxLength(LONGEST) note: string;
  @ApiProperty() @IsInt() @Min(0) base: number;
}
