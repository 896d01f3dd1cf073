import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import { preferencesEn } from './preferences.en.js';
import { type PreferenceWords, preferencesZhCn } from './preferences.zh-cn.js';
import { welcomeEn } from './welcome.en.js';
import { type WelcomeWords, welcomeZhCn } from './welcome.zh-cn.js';
import { type AroundWords, zhCn } from './zh-cn.js';

export const useAroundWords = wordsIn<AroundWords>(zhCn, en);

export const useOtherAroundWords = wordsIn<AroundWords>(en, zhCn);

export const usePreferenceWords = wordsIn<PreferenceWords>(preferencesZhCn, preferencesEn);

export const useWelcomeWords = wordsIn<WelcomeWords>(welcomeZhCn, welcomeEn);
