import { usePreferences } from '../../device/preferences.js';
import { en } from './en.js';
import { type ReportWords, zhCn } from './zh-cn.js';

export function useReportWords(): ReportWords {
  return usePreferences().locale === 'zh-CN' ? zhCn : en;
}
