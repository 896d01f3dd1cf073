import { ROLES } from '@libs/auth';
import type { Me, MemberDisable } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** `:id` of the member. */
export class MemberParams {
  @Ref('member') id: string;
}

/** Which page: the id after which it begins. */
export class MemberQuery {
  @ApiPropertyOptional() @IsOptional() @IsUUID() cursor?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(100) limit?: number;
}

/** An edit of the state that the caller saw. */
export class MemberVersionBody {
  @ApiProperty() @IsInt() @Min(1) version: number;
}

/** Another role. */
export class MemberRoleBody extends MemberVersionBody {
  @ApiProperty({ enum: ROLES }) @IsIn(ROLES) role: Me['role'];
}

/** Who goes, and who gets the work. */
export class MemberDisableBody extends MemberVersionBody implements MemberDisable {
  @Ref('colleague', { optional: true }) handOverTo?: string;
}
