import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type PlaceWords, zhCn } from './zh-cn.js';

export function usePlaceWords(): PlaceWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

/** The same in the other language, for those who look for it there. */
export function useOtherPlaceWords(): PlaceWords {
  return usePreferences().locale === 'zh-CN' ? en : zhCn;
}
