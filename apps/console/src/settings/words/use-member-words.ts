import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type MemberWords, zhCn } from './zh-cn.js';

export function useMemberWords(): MemberWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
