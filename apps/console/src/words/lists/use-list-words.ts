import { ApiError } from '@libs/api-client';
import { usePreferences } from '../../device/preferences.js';
import { errorText } from '../error-text.js';
import { useWords } from '../use-words.js';
import { en } from './en.js';
import type { ListWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function useListWords(): ListWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

export function useOtherListWords(): ListWords {
  return usePreferences().locale === 'zh-CN' ? en : zhCn;
}

/** Sentences for refusals around lists; what they do not know, those of the conversations say. */
export function useListErrors(): (error: unknown) => string {
  const lists = useListWords();
  const words = useWords();
  return (error) => (error instanceof ApiError && lists.errors[error.code]) || errorText(error, words);
}
