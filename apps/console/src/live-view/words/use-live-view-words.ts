import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type LiveViewWords, zhCn } from './zh-cn.js';

function wordsIn(chinese: boolean): LiveViewWords {
  return chinese ? zhCn : en;
}

export function useLiveViewWords(): LiveViewWords {
  return wordsIn(usePreferences().locale === 'zh-CN');
}

/** The same in the other language: the palette finds acts by both. */
export function useOtherLiveViewWords(): LiveViewWords {
  return wordsIn(usePreferences().locale !== 'zh-CN');
}
