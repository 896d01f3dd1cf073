import { ApiError } from '@libs/api-client';
import { errorText } from '../../words/error-text.js';
import { useWords } from '../../words/use-words.js';
import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type RoutingWords, zhCn } from './zh-cn.js';

export const useRoutingWords = wordsIn<RoutingWords>(zhCn, en);

/** Sentences for refusals around routing; the others are the console's own. */
export function useRoutingErrors(): (error: unknown) => string {
  const words = useWords();
  const own = useRoutingWords();
  return (error) => (error instanceof ApiError && own.errors[error.code]) || errorText(error, words);
}
