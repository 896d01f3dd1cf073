import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import type { DeskWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function useDeskWords(): DeskWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
