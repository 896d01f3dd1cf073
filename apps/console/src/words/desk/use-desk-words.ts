import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import type { DeskWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export const useDeskWords = wordsIn<DeskWords>(zhCn, en);
