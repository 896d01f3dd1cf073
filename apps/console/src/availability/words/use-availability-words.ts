import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type AvailabilityWords, zhCn } from './zh-cn.js';

export function useAvailabilityWords(): AvailabilityWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

export function useOtherAvailabilityWords(): AvailabilityWords {
  return usePreferences().locale === 'zh-CN' ? en : zhCn;
}
