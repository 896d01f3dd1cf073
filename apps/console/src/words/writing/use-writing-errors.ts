import { ApiError } from '@libs/api-client';
import { useSettingsErrors } from '../settings/use-settings-words.js';
import { useWritingWords } from './use-writing-words.js';

/** Sentences for refusals of canned responses; what they do not know, the settings say. */
export function useWritingErrors(): (error: unknown) => string {
  const words = useWritingWords();
  const other = useSettingsErrors();
  return (error) => (error instanceof ApiError && words.refusals[error.code]) || other(error);
}
