import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type LoadingWords, zhCn } from './zh-cn.js';

export function useLoadingWords(): LoadingWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
