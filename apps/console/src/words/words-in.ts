import { usePreferences } from '../device/preferences.js';

/** The hook for the words of one place, in the language that is shown. */
export function wordsIn<W>(zhCn: W, en: W): () => W {
  return () => (usePreferences().locale === 'zh-CN' ? zhCn : en);
}
