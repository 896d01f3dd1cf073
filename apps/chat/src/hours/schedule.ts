import type { HoursDraft, HoursOutlook, HoursPeriod } from '@libs/contracts';
import { clockChange, dayOf, momentsOf, wallClock } from './zone.js';

/** A period in minutes since midnight. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Business hours in the form in which they are asked. */
export interface Schedule {
  readonly timeZone: string;
  /** Monday first. */
  readonly week: readonly (readonly Span[])[];
  /** By day since the epoch: what counts in place of the week. */
  readonly days: ReadonlyMap<number, readonly Span[]>;
}

/** Somebody who asks when it changes next looks no further than this. */
const HORIZON_DAYS = 370;
/** Changes told at once: a week of days with a break at noon. */
const OUTLOOK = 14;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** 1970-01-01 was a Thursday. */
const THURSDAY = 3;

/** `draft` as it is asked; its form was checked before. */
export function scheduleOf({ timeZone, week, days }: Omit<HoursDraft, 'name'>): Schedule {
  const special = new Map<number, readonly Span[]>();
  for (const { date, periods } of days) {
    const day = dayOf(date)!;
    // A day that is worked in exchange counts, though a holiday names it as well.
    if (periods.length > 0 || !special.has(day)) special.set(day, periods.map(spanOf));
  }
  return { timeZone, week: week.map(({ periods }) => periods.map(spanOf)), days: special };
}

export function isOpen(schedule: Schedule, at: number): boolean {
  const { day, minute } = wallClock(schedule.timeZone, at);
  return spansOn(schedule, day).some(({ from, to }) => from <= minute && minute < to);
}

/** The next moment after `at` at which it opens or closes; null = not within a year. */
export function nextChange(schedule: Schedule, at: number): number | null {
  const open = isOpen(schedule, at);
  const today = wallClock(schedule.timeZone, at).day;
  for (let day = today; day <= today + HORIZON_DAYS; day++) {
    // Clocks of zones are dear to ask: a day that is all as it is now is passed over.
    if (isAll(spansOn(schedule, day), open)) continue;
    for (const moment of momentsOn(schedule, day)) {
      if (moment > at && isOpen(schedule, moment) !== open) return moment;
    }
  }
  return null;
}

/** How it stands at `at`, and the next changes to the opposite. */
export function outlook(schedule: Schedule, at: number): HoursOutlook {
  const changes: number[] = [];
  for (let next = nextChange(schedule, at); next !== null && changes.length < OUTLOOK; ) {
    changes.push(next);
    next = nextChange(schedule, next);
  }
  return { open: isOpen(schedule, at), changes };
}

/** True for a day without a minute that is otherwise. */
function isAll(spans: readonly Span[], open: boolean): boolean {
  if (!open) return spans.length === 0;
  let end = 0;
  for (const { from, to } of spans) {
    if (from > end) return false;
    end = to;
  }
  return end === DAY_MINUTES;
}

function spansOn({ week, days }: Schedule, day: number): readonly Span[] {
  return days.get(day) ?? week[(((day + THURSDAY) % 7) + 7) % 7]!;
}

/** Moments of one day at which something may change, ascending: its beginning, its periods, and clocks being set. */
function momentsOn(schedule: Schedule, day: number): readonly number[] {
  const { timeZone } = schedule;
  const spans = spansOn(schedule, day);
  const minutes = new Set([0, ...spans.flatMap(({ from, to }) => [from, to])]);
  const moments = new Set([...minutes].flatMap((minute) => momentsOf(timeZone, { day, minute })));
  const midnight = day * DAY_MINUTES * MINUTE_MS;
  const set = clockChange(timeZone, midnight - DAY_MINUTES * MINUTE_MS, midnight + 2 * DAY_MINUTES * MINUTE_MS);
  if (set !== undefined) moments.add(set);
  return [...moments].sort((one, other) => one - other);
}

function spanOf({ from, to }: HoursPeriod): Span {
  return { from: minuteOf(from), to: minuteOf(to) };
}

/** Minutes since midnight of `HH:MM`. */
export function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}
