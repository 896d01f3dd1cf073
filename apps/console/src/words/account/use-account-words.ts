import { ApiError } from '@libs/api-client';
import { errorText } from '../error-text.js';
import { useWords } from '../use-words.js';
import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import { type AccountWords, zhCn } from './zh-cn.js';

export const useAccountWords = wordsIn<AccountWords>(zhCn, en);

/** Sentences for refusals around accounts; what they do not know, the sentences of the whole console say. */
export function useAccountErrors(): (error: unknown) => string {
  const words = useWords();
  const account = useAccountWords();
  return (error) => {
    if (!(error instanceof ApiError)) return errorText(error, words);
    const { retryAfterMs } = error.details;
    if (error.status === 429 && typeof retryAfterMs === 'number') {
      return account.lockedFor(Math.max(1, Math.ceil(retryAfterMs / 60_000)));
    }
    return account.errors[error.code] ?? errorText(error, words);
  };
}
