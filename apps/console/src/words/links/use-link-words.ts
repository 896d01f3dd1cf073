import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import type { LinkWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export const useLinkWords = wordsIn<LinkWords>(zhCn, en);
