/** Line breaks, other control characters, and halves of a character. */
const BROKEN = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
/** Marks that turn or hide text, so that a name reads as another one. The joiners of emoji and scripts are none. */
const DECEIVING = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

/** A one-line text as it is kept, or the rule that it breaks. */
export type PlainText = { readonly value: string } | { readonly rule: string };

/** `text` in one form and on one line, at most `most` characters; what could disguise it is refused, not removed. */
export function plainText(text: string, most: number): PlainText {
  if (BROKEN.test(text)) return { rule: 'controlCharacter' };
  if (DECEIVING.test(text)) return { rule: 'hiddenCharacter' };
  const value = text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (value === '') return { rule: 'isNotEmpty' };
  return [...value].length <= most ? { value } : { rule: 'maxLength' };
}
