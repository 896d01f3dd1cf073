import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type AvailabilityWords, zhCn } from './zh-cn.js';

export const useAvailabilityWords = wordsIn<AvailabilityWords>(zhCn, en);

export const useOtherAvailabilityWords = wordsIn<AvailabilityWords>(en, zhCn);
