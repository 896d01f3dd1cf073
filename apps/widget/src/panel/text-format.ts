import type { Locale } from '../bridge/bridge-messages.js';

const UNSAFE_TO_SHOW = /(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

/** Control characters and bidi overrides could make a text look like another one: they are drawn as a box. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE_TO_SHOW, '□');
}

const TIME = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
const WEEK_MS = 6 * 86_400_000;

function text(at: number, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(at);
}

/** Today only the hour; before that the day too. */
export function timeText(at: number, now: number, locale: Locale): string {
  const date = new Date(at);
  const today = new Date(now);
  const time = text(at, locale, TIME);
  if (date.toDateString() === today.toDateString()) return time;
  const day = date.getFullYear() === today.getFullYear() ? text(at, locale, dayOf(locale)) : dayText(at, locale);
  return locale === 'en' ? `${day}, ${time}` : `${day} ${time}`;
}

/** A day, with its year. */
export function dayText(at: number, locale: Locale): string {
  return text(at, locale, { ...dayOf(locale), year: 'numeric' });
}

/** A time to come: weekday and hour; further away than a week, the day. */
export function whenText(at: number, locale: Locale): string {
  return text(at, locale, { ...TIME, ...(at - Date.now() < WEEK_MS ? { weekday: 'short' } : dayOf(locale)) });
}

function dayOf(locale: Locale): Intl.DateTimeFormatOptions {
  return { day: 'numeric', month: locale === 'en' ? 'short' : 'long' };
}

/** A number is not to be broken at its hyphens. */
export function phoneText(phone: string): string {
  return phone.replaceAll('-', '\u2011');
}

/** Characters as people count them, not as UTF-16 does. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]*(?:\u200D\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]*)*){1,3}$/u;

/** One to three emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 60 && EMOJI.test(text);
}
