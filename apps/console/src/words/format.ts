import type { Locale, Words } from './vocabulary.js';

const DAY = 86_400_000;

function sameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

export function clockTime(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** `3月18日` · `18 Mar`, with the year when it is not this year's. */
export function day(at: number, now: number, locale: Locale): string {
  const withYear = new Date(at).getFullYear() !== new Date(now).getFullYear();
  const form = locale === 'zh-CN' ? 'zh-CN' : 'en-GB';
  const month = locale === 'zh-CN' ? 'long' : 'short';
  return new Intl.DateTimeFormat(form, { day: 'numeric', month, ...(withYear ? { year: 'numeric' } : {}) }).format(at);
}

/** The exact time, for hints and readers. */
export function exactTime(at: number, now: number, locale: Locale): string {
  return `${day(at, now, locale)}${locale === 'zh-CN' ? ' ' : ', '}${clockTime(at, locale)}`;
}

/** Relative below a day, a date above. */
export function relativeTime(at: number, now: number, locale: Locale, words: Words): string {
  const age = now - at;
  if (age < 60_000) return words.justNow;
  if (age < 3_600_000) return words.minutesAgo(Math.floor(age / 60_000));
  if (age < DAY) return words.hoursAgo(Math.floor(age / 3_600_000));
  if (sameDay(new Date(at), new Date(now - DAY))) return words.yesterday;
  return day(at, now, locale);
}

/** Heading of a day in the log. */
export function dayHeading(at: number, now: number, locale: Locale, words: Words): string {
  if (sameDay(new Date(at), new Date(now))) return words.today;
  if (sameDay(new Date(at), new Date(now - DAY))) return words.yesterday;
  return day(at, now, locale);
}

// Bidirectional overrides and control characters could disguise what was written; tab and line feed stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what is looked for
const DISGUISES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Sentences after one another: Chinese has no space behind a full stop. */
export function sentences(parts: readonly (string | undefined)[], locale: Locale): string {
  return parts.filter((part) => part !== undefined).join(locale === 'zh-CN' ? '' : ' ');
}

/** People's text as it may stand on a screen. */
export function safeText(text: string): string {
  return text.replace(DISGUISES, '□');
}

// Spelt out because the ready-made RGI_Emoji takes a second to compile.
const EMOJI_ONLY =
  /^(?:\p{Extended_Pictographic}[\ufe0f\p{EMod}]?(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{EMod}]?)*){1,3}$/u;

export function isEmojiOnly(text: string): boolean {
  return EMOJI_ONLY.test(text.trim());
}

/** Exact, grouped as the language does it: never "9k". */
export function countText(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(count);
}
