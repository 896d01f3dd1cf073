import { ApiError } from '@libs/api-client';
import { errorText } from '../error-text.js';
import { useWords } from '../use-words.js';
import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import type { ListWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export const useListWords = wordsIn<ListWords>(zhCn, en);

export const useOtherListWords = wordsIn<ListWords>(en, zhCn);

/** Sentences for refusals around lists; what they do not know, those of the conversations say. */
export function useListErrors(): (error: unknown) => string {
  const lists = useListWords();
  const words = useWords();
  return (error) => (error instanceof ApiError && lists.errors[error.code]) || errorText(error, words);
}
