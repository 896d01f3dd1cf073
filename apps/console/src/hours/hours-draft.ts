import type { HoursDraft, HoursPeriod, SpecialDay } from '@libs/contracts';

const WORKING: readonly HoursPeriod[] = [{ from: '09:00', to: '18:00' }];
const DAYS_A_WEEK = 7;
const WEEKEND = 5;

/** What new hours begin with: office hours where this browser is. */
export function newHours(): HoursDraft {
  return {
    ...{ name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, days: [] },
    week: Array.from({ length: DAYS_A_WEEK }, (_, day) => ({ periods: day < WEEKEND ? WORKING : [] })),
  };
}

export function usualPeriods({ week }: HoursDraft): readonly HoursPeriod[] {
  return week.find(({ periods }) => periods.length > 0)?.periods ?? WORKING;
}

/** The hours with other periods on one day of the week. */
export function withWeekday(draft: HoursDraft, day: number, periods: readonly HoursPeriod[]): HoursDraft {
  return { ...draft, week: draft.week.map((one, at) => (at === day ? { periods } : one)) };
}

/** Monday's periods from Tuesday to Friday as well. */
export function asOnMonday(draft: HoursDraft): HoursDraft {
  return { ...draft, week: draft.week.map((one, at) => (at < WEEKEND ? draft.week[0]! : one)) };
}

/** Days in order; of two for one date the added one counts. */
export function withDays(draft: HoursDraft, added: readonly SpecialDay[]): HoursDraft {
  const days = new Map([...draft.days, ...added].map((day) => [day.date, day]));
  return { ...draft, days: [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1)) };
}

export function withoutDay(draft: HoursDraft, date: string): HoursDraft {
  return { ...draft, days: draft.days.filter((day) => day.date !== date) };
}

/** The next free period of a day: after the last one, if there is room. */
export function nextPeriod(periods: readonly HoursPeriod[]): HoursPeriod {
  const last = periods.at(-1);
  if (!last) return { from: '09:00', to: '18:00' };
  const hour = Math.min(23, Number(last.to.slice(0, 2)) + 1);
  return { from: `${String(hour).padStart(2, '0')}:00`, to: '24:00' };
}

/** A field for a time of day knows no 24:00: as an end, midnight is the end of the day. */
export const shownTime = (time: string): string => (time === '24:00' ? '00:00' : time);
export const endTime = (shown: string): string => (shown === '00:00' ? '24:00' : shown);
