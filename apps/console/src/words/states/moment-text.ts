import { clockTime, exactTime } from '../format.js';
import type { Locale } from '../vocabulary.js';

/** A moment ahead, as short as it is exact: `14:00` today, `3月19日 09:00` on another day. */
export function momentText(at: number, now: number, locale: Locale): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today ? clockTime(at, locale) : exactTime(at, now, locale);
}
