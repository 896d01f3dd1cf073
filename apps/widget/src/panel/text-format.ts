import type { Locale } from '../bridge/bridge-messages.js';

const UNSAFE_TO_SHOW = /(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

/** Control characters and bidi overrides could make a text look like another one: they are drawn as a box. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE_TO_SHOW, '□');
}

/** Today only the hour; before that the day too. */
export function timeText(at: number, now: number, locale: Locale): string {
  const date = new Date(at);
  const today = new Date(now);
  const time = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date);
  if (date.toDateString() === today.toDateString()) return time;
  const withYear = date.getFullYear() !== today.getFullYear();
  const day = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: locale === 'en' ? 'short' : 'long',
    ...(withYear ? { year: 'numeric' } : {}),
  }).format(date);
  return locale === 'en' ? `${day}, ${time}` : `${day} ${time}`;
}

/** A day, with its year. */
export function dayText(at: number, locale: Locale): string {
  const english = locale === 'en';
  return new Intl.DateTimeFormat(english ? 'en-GB' : locale, {
    day: 'numeric',
    month: english ? 'short' : 'long',
    year: 'numeric',
  }).format(new Date(at));
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
