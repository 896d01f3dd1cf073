import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type LoadingWords, zhCn } from './zh-cn.js';

export const useLoadingWords = wordsIn<LoadingWords>(zhCn, en);
