import { ApiError } from '@libs/api-client';
import { errorText } from '../../words/error-text.js';
import { useWords } from '../../words/use-words.js';
import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type InboxWords, zhCn } from './zh-cn.js';

export const useInboxWords = wordsIn<InboxWords>(zhCn, en);

/** Sentences for refusals around inboxes; the others are the console's own. */
export function useInboxErrors(): (error: unknown) => string {
  const words = useWords();
  const own = useInboxWords();
  return (error) => (error instanceof ApiError && own.errors[error.code]) || errorText(error, words);
}
