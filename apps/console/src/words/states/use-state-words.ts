import { usePreferences } from '../../device/preferences.js';
import type { Locale } from '../vocabulary.js';
import { en } from './en.js';
import type { StateWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function stateWordsFor(locale: Locale): StateWords {
  return locale === 'zh-CN' ? zhCn : en;
}

export function useStateWords(): StateWords {
  return stateWordsFor(usePreferences().locale);
}

export function useOtherStateWords(): StateWords {
  return stateWordsFor(usePreferences().locale === 'zh-CN' ? 'en' : 'zh-CN');
}
