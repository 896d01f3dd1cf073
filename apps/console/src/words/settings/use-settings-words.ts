import { ApiError } from '@libs/api-client';
import { useAccountErrors } from '../account/use-account-words.js';
import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import { type SettingsWords, zhCn } from './zh-cn.js';

export const useSettingsWords = wordsIn<SettingsWords>(zhCn, en);

/** Sentences for refusals in settings; what they do not know, those around accounts say. */
export function useSettingsErrors(): (error: unknown) => string {
  const words = useSettingsWords();
  const other = useAccountErrors();
  return (error) => (error instanceof ApiError && words.errors[error.code]) || other(error);
}
