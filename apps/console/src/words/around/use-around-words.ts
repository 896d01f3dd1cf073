import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { preferencesEn } from './preferences.en.js';
import { type PreferenceWords, preferencesZhCn } from './preferences.zh-cn.js';
import { welcomeEn } from './welcome.en.js';
import { type WelcomeWords, welcomeZhCn } from './welcome.zh-cn.js';
import { type AroundWords, zhCn } from './zh-cn.js';

export function useAroundWords(): AroundWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

export function useOtherAroundWords(): AroundWords {
  return usePreferences().locale === 'zh-CN' ? en : zhCn;
}

export function usePreferenceWords(): PreferenceWords {
  return usePreferences().locale === 'zh-CN' ? preferencesZhCn : preferencesEn;
}

export function useWelcomeWords(): WelcomeWords {
  return usePreferences().locale === 'zh-CN' ? welcomeZhCn : welcomeEn;
}
