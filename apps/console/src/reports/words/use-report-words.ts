import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type ReportWords, zhCn } from './zh-cn.js';

export const useReportWords = wordsIn<ReportWords>(zhCn, en);
