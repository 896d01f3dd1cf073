import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type PlaceWords, zhCn } from './zh-cn.js';

export const usePlaceWords = wordsIn<PlaceWords>(zhCn, en);

/** The same in the other language, for those who look for it there. */
export const useOtherPlaceWords = wordsIn<PlaceWords>(en, zhCn);
