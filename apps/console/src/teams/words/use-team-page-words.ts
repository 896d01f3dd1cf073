import { ApiError } from '@libs/api-client';
import { errorText } from '../../words/error-text.js';
import { useWords } from '../../words/use-words.js';
import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type TeamPageWords, zhCn } from './zh-cn.js';

export const useTeamPageWords = wordsIn<TeamPageWords>(zhCn, en);

/** Sentences for refusals around teams; the others are the console's own. */
export function useTeamErrors(): (error: unknown) => string {
  const words = useWords();
  const own = useTeamPageWords();
  return (error) => (error instanceof ApiError && own.errors[error.code]) || errorText(error, words);
}
