import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type AroundWords, zhCn } from './zh-cn.js';

export function useAroundWords(): AroundWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

export function useOtherAroundWords(): AroundWords {
  return usePreferences().locale === 'zh-CN' ? en : zhCn;
}
