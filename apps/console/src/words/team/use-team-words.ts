import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import type { TeamWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export function useTeamWords(): TeamWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}

export function useOtherTeamWords(): TeamWords {
  return usePreferences().locale === 'zh-CN' ? en : zhCn;
}
