import {
  HOURS_LIMITS,
  type HoursAct,
  type HoursDraft,
  type HoursEdit,
  type HoursPeriod,
  type HoursWeekday,
  type SpecialDay,
} from '@libs/contracts';
import { ApiProperty, NestedDto } from '@libs/http';
import { ArrayMaxSize, IsArray, IsInt, IsString, MaxLength, Min } from 'class-validator';

/** Far above any limit of meaning: those are checked with words of their own. */
const LONG = 200;
/** A day with more periods is told so by its name. */
const MOST_PERIODS = 20;

export class HoursPeriodBody implements HoursPeriod {
  @ApiProperty() @IsString() @MaxLength(LONG) from: string;
  @ApiProperty() @IsString() @MaxLength(LONG) to: string;
}

/** One day of the week. */
export class WeekdayBody implements HoursWeekday {
  @IsArray() @ArrayMaxSize(MOST_PERIODS) @NestedDto(() => HoursPeriodBody, { each: true }) periods: HoursPeriodBody[];
}

export class SpecialDayBody implements SpecialDay {
  @ApiProperty() @IsString() @MaxLength(LONG) date: string;
  @ApiProperty() @IsString() @MaxLength(LONG) name: string;
  @IsArray() @ArrayMaxSize(MOST_PERIODS) @NestedDto(() => HoursPeriodBody, { each: true }) periods: HoursPeriodBody[];
}

export class HoursBody implements HoursDraft {
  @ApiProperty() @IsString() @MaxLength(LONG) name: string;
  @ApiProperty() @IsString() @MaxLength(LONG) timeZone: string;
  @IsArray() @ArrayMaxSize(7) @NestedDto(() => WeekdayBody, { each: true }) week: WeekdayBody[];
  @IsArray()
  @ArrayMaxSize(HOURS_LIMITS.days)
  @NestedDto(() => SpecialDayBody, { each: true })
  days: SpecialDayBody[];
}

export class HoursActBody implements HoursAct {
  @ApiProperty() @IsInt() @Min(1) version: number;
}

export class HoursEditBody extends HoursBody implements HoursEdit {
  @ApiProperty() @IsInt() @Min(1) version: number;
}
