import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import type { WritingWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function useWritingWords(): WritingWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
