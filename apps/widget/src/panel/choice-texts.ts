import type { PersonalChoice } from '@libs/contracts';
import type { Locale } from '../bridge/bridge-messages.js';
import type { ChoicesState } from './choice-book.js';
import { timeText } from './text-format.js';
import type { Words } from './words.js';

const MEDIA = /-message$/;

/** The state in words, with its date. */
export function stateText(words: Words, choice: PersonalChoice, locale: Locale): string {
  const said = {
    none: words.stateNone,
    granted: words.stateGranted,
    refused: words.stateRefused,
    withdrawn: words.stateWithdrawn,
    superseded: words.stateSuperseded,
  }[choice.state];
  const state = choice.asked ? words.asks : said;
  if (choice.decidedAt === null || choice.asked || choice.state === 'none') return state;
  return `${state} · ${timeText(choice.decidedAt, Date.now(), locale)}`;
}

/** What it costs to switch this off. */
export function costText(words: Words, choice: PersonalChoice): string {
  if (choice.kind === 'basic') return words.costBasic;
  return MEDIA.test(choice.purpose) ? words.costMedia(choice.title) : words.cost(choice.title);
}

/** Name of a choice that stands by itself, without its function's heading above it. */
export function fullTitle({ group, title }: PersonalChoice): string {
  return group === title ? title : `${group} · ${title}`;
}

/** Separate kinds of consent carry their name; an ordinary one has none. */
export function typeText(words: Words, { type }: PersonalChoice): string | undefined {
  return type === 'ordinary' ? undefined : words[type];
}

/** Why a decision was not taken. */
export function troubleText(words: Words, { code }: NonNullable<ChoicesState['trouble']>): string {
  if (code === undefined) return words.noAnswer;
  if (code === 'privacy.policy-superseded' || code === 'privacy.notice-unknown') return words.choiceSuperseded;
  if (code === 'privacy.consent-replayed') return words.choiceOvertaken;
  return words.choiceFailed;
}

/** When everything is erased if it were withdrawn now. */
export function erasureText(hours: number, now: number, locale: Locale): string {
  return timeText(now + hours * 3_600_000, now, locale);
}
