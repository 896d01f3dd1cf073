import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type PictureWords, zhCn } from './zh-cn.js';

export type { PictureWords };

export const usePictureWords = wordsIn<PictureWords>(zhCn, en);
