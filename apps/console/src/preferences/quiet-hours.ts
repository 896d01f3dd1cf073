import type { QuietHours } from '@libs/contracts';

/** Whether it is quiet at this minute of the day; from 22:00 to 07:00 goes over midnight. */
export function isQuiet(hours: QuietHours | null, minute: number): boolean {
  if (hours === null) return false;
  const { from, to } = hours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

export function minuteOf(at: Date): number {
  return at.getHours() * 60 + at.getMinutes();
}

/** As a time field writes it: 22:05. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function minuteFrom(clock: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)/.exec(clock);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined;
}
