import { ApiError } from '@libs/api-client';
import { errorText } from '../../words/error-text.js';
import { useWords } from '../../words/use-words.js';
import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type HoursWords, zhCn } from './zh-cn.js';

export const useHoursWords = wordsIn<HoursWords>(zhCn, en);

/** Sentences for refusals around business hours; the others are the console's own. */
export function useHoursErrors(): (error: unknown) => string {
  const words = useWords();
  const own = useHoursWords();
  return (error) => (error instanceof ApiError && own.errors[error.code]) || errorText(error, words);
}
