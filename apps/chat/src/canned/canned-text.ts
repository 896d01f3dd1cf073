import { plainText } from '@libs/auth';
import { type CannedText, LIMITS, unknownVariables } from '@libs/contracts';
import { cannedErrors, MOST_TITLE } from './canned.errors.js';

/** Letters and digits of any script; no `/`, which begins it, and nothing that looks like a space. */
const SHORTCUT = /^[\p{L}\p{N}\p{M}_-]{1,32}$/u;

/** A canned response as it is kept; throws what is wrong with it first. */
export function checkedCanned({ shortcut, title, text, locale, position }: CannedText): CannedText {
  const word = shortcut.normalize('NFKC').trim().toLowerCase();
  if (!word.isWellFormed() || !SHORTCUT.test(word)) throw cannedErrors.shortcut();
  const line = plainText(title, MOST_TITLE);
  if (!('value' in line)) throw cannedErrors.title();
  return { shortcut: word, title: line.value, text: checkedText(text), locale, position };
}

function checkedText(text: string): string {
  const trimmed = text.trim().toWellFormed();
  if (trimmed === '') throw cannedErrors.empty();
  const limit = LIMITS.messageCharacters;
  const length = trimmed.length > limit ? [...trimmed].length : trimmed.length;
  if (length > limit) throw cannedErrors.tooLong(length, limit);
  const unknown = unknownVariables(trimmed);
  if (unknown.length > 0) throw cannedErrors.unknownVariables(unknown);
  return trimmed;
}

/**
 * True where both would answer to the same word: in the same language, or both in any. One for any language may stand
 * beside one of a language, so that a word can have a text of its own there.
 */
export function collide(
  one: Pick<CannedText, 'shortcut' | 'locale'>,
  other: Pick<CannedText, 'shortcut' | 'locale'>,
): boolean {
  return one.shortcut === other.shortcut && one.locale === other.locale;
}
