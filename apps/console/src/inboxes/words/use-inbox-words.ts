import { ApiError } from '@libs/api-client';
import { usePreferences } from '../../device/preferences.js';
import { errorText } from '../../words/error-text.js';
import { useWords } from '../../words/use-words.js';
import { en } from './en.js';
import { type InboxWords, zhCn } from './zh-cn.js';

export function useInboxWords(): InboxWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

/** Sentences for refusals around inboxes; the others are the console's own. */
export function useInboxErrors(): (error: unknown) => string {
  const words = useWords();
  const own = useInboxWords();
  return (error) => (error instanceof ApiError && own.errors[error.code]) || errorText(error, words);
}
