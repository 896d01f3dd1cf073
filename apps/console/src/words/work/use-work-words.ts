import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import type { WorkWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function useWorkWords(): WorkWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
