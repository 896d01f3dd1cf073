import { usePreferences } from '../device/preferences.js';
import type { Locale, Words } from './vocabulary.js';
import { wordsFor } from './words.js';

export function useWords(): Words & { readonly locale: Locale } {
  const { locale } = usePreferences();
  return BOUND[locale];
}

const BOUND = {
  'zh-CN': { ...wordsFor('zh-CN'), locale: 'zh-CN' },
  en: { ...wordsFor('en'), locale: 'en' },
} as const satisfies Record<Locale, Words & { readonly locale: Locale }>;

/** The words of the language that is not shown: what is looked for is found in either. */
export function useOtherWords(): Words {
  const { locale } = usePreferences();
  return BOUND[locale === 'en' ? 'zh-CN' : 'en'];
}
