const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A choice of the menu; `hours` count from the server's time, `until` is a moment. */
export type SnoozeTime =
  | { readonly name: 'later'; readonly hours: number; readonly at: number }
  | { readonly name: 'tomorrow' | 'monday'; readonly at: number };

/** What is offered at `now`, by the viewer's own wall clock: only what its name says is true of. */
export function snoozeTimes(now: number): readonly SnoozeTime[] {
  const today = new Date(now).toDateString();
  const hours = [3, 1].find((some) => new Date(now + some * HOUR).toDateString() === today);
  const later: readonly SnoozeTime[] = hours === undefined ? [] : [{ name: 'later', hours, at: now + hours * HOUR }];
  const tomorrow = atNine(now, 1);
  const monday = atNine(now, (8 - new Date(now).getDay()) % 7 || 7);
  const soon: readonly SnoozeTime[] = [...later, { name: 'tomorrow', at: tomorrow }];
  return monday === tomorrow ? soon : [...soon, { name: 'monday', at: monday }];
}

function atNine(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, 9).getTime();
}

/** What a field for date and time starts with, and how far it goes: as such a field writes it. */
export function fieldTime(at: number): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export const SNOOZE_MOST_MS = 90 * DAY;
