import { type ConsentScope, NOTICE_WORDS, parseScope, type Register } from '@libs/privacy-core';

/** Languages in which a person can be asked. */
export type ChoiceLocale = keyof typeof NOTICE_WORDS;

/** True for a language in which there are notices; a name that every object has is none. */
export function isChoiceLocale(locale: unknown): locale is ChoiceLocale {
  return typeof locale === 'string' && Object.hasOwn(NOTICE_WORDS, locale);
}

const PROVIDE: Readonly<Record<ChoiceLocale, (recipient: string) => string>> = {
  'zh-CN': (recipient) => `提供给${recipient}`,
  en: (recipient) => `Giving it to ${recipient}`,
};
const GUARDIAN: Readonly<Record<ChoiceLocale, string>> = { 'zh-CN': '监护人同意', en: 'Guardian’s consent' };

/** Names of a choice: the function it belongs to, and itself. */
export interface ChoiceName {
  readonly purpose: string;
  readonly group: string;
  readonly title: string;
}

/** How `scope` is called on a screen; `alone` where its function has no other choice. */
export function choiceName(register: Register, scope: ConsentScope, locale: ChoiceLocale, alone: boolean): ChoiceName {
  const words = NOTICE_WORDS[locale];
  const parts = parseScope(scope)!;
  const purpose = 'purpose' in parts ? parts.purpose : ownerOf(register, scope);
  const group = capital(words.purpose[purpose] ?? purpose);
  const name = (title: string): ChoiceName => ({ purpose, group, title: capital(title) });
  if (parts.about === 'guardian') return name(GUARDIAN[locale]);
  if (parts.about === 'provide') return name(PROVIDE[locale](parts.recipient));
  if (alone || parts.about === 'purpose' || !('field' in parts)) return name(group);
  return name(words.field[parts.field] ?? parts.field);
}

/** The words are those of a sentence; a name begins one. */
function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A recipient belongs to the first function that names it. */
function ownerOf({ activities }: Register, scope: ConsentScope): string {
  const recipient = scope.slice(scope.indexOf('/') + 1);
  return activities.find(({ enabled, recipients }) => enabled && recipients.includes(recipient))?.purpose ?? scope;
}
