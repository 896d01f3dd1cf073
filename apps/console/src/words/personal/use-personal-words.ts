import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import type { PersonalWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function usePersonalWords(): PersonalWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
