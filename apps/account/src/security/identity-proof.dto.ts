import type { IdentityProof } from '@libs/contracts';
import { ApiProperty, NestedDto } from '@libs/http';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/** Proof of who is at the keyboard: exactly one of both. */
export class IdentityProofBody implements IdentityProof {
  @ApiProperty({ required: false }) @IsOptional() @IsString() @MinLength(1) @MaxLength(256) password?: string;
  @ApiProperty({ required: false }) @IsOptional() @IsString() @MinLength(1) @MaxLength(64) code?: string;
}

/** A change that needs nothing but the proof. */
export class ProvenBody {
  @NestedDto(() => IdentityProofBody) proof: IdentityProofBody;
}
