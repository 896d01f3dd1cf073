import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import type { WritingWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export const useWritingWords = wordsIn<WritingWords>(zhCn, en);
