import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type ScheduledWords, zhCn } from './zh-cn.js';

export const useScheduledWords = wordsIn<ScheduledWords>(zhCn, en);
