import {
  AVAILABILITIES,
  type Availability,
  type AvailabilityChoice,
  type CapacityChoice,
  type ConversationToTeam,
  type InboxRouting,
  type OutsideHours,
  ROUTING_LIMITS,
  ROUTING_MODES,
  type RoutingMode,
  type RoutingSettings,
} from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NotRef, Ref } from '@libs/http';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, ValidateIf } from 'class-validator';

const { capacity, returnAfterSeconds, overflowAfterSeconds } = ROUTING_LIMITS;
const OUTSIDE: readonly OutsideHours[] = ['hold', 'give'];

export class AvailabilityBody implements AvailabilityChoice {
  @ApiProperty({ enum: AVAILABILITIES }) @IsIn(AVAILABILITIES) availability: Availability;
}

/** `:id` of a member. */
export class MemberParams {
  @ApiProperty() @Ref('member') id: string;
}

export class CapacityBody implements CapacityChoice {
  @ApiProperty({ type: Number, nullable: true })
  @ValidateIf(({ capacity: own }: CapacityBody) => own !== null)
  @IsInt()
  @Min(1)
  @Max(capacity)
  capacity: number | null;
}

export class RoutingSettingsBody implements RoutingSettings {
  @ApiProperty() @IsInt() @Min(0) version: number;
  @ApiProperty() @IsInt() @Min(1) @Max(capacity) defaultCapacity: number;
  @ApiProperty() @IsInt() @Min(0) @Max(returnAfterSeconds) returnAfterSeconds: number;
}

export class InboxRoutingBody implements InboxRouting {
  @ApiProperty() @IsInt() @Min(0) version: number;
  @ApiProperty({ enum: ROUTING_MODES }) @IsIn(ROUTING_MODES) mode: RoutingMode;
  @Ref('team', { optional: true })
  teamId: string | null;
  @Ref('team', { optional: true })
  overflowTeamId: string | null;
  @ApiProperty() @IsInt() @Min(overflowAfterSeconds.least) @Max(overflowAfterSeconds.most) overflowAfterSeconds: number;
  @ApiProperty() @IsBoolean() showPlace: boolean;
  @Ref('hours', { optional: true })
  hoursId: string | null;
  @ApiProperty({ enum: OUTSIDE }) @IsIn(OUTSIDE) outsideHours: OutsideHours;
}

/** Which team shall have it. */
export class ToTeamBody implements ConversationToTeam {
  @Ref('team') teamId: string;

  @ApiProperty({ type: String, nullable: true })
  @NotRef('compared with who has it, and with nothing else')
  @ValidateIf(({ from }: ToTeamBody) => from !== null)
  @IsString()
  @MaxLength(36)
  from: string | null;

  @ApiPropertyOptional() @IsOptional() @IsString() note?: string;
}
