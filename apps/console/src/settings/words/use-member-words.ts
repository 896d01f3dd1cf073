import { wordsIn } from '../../words/words-in.js';
import { en } from './en.js';
import { type MemberWords, zhCn } from './zh-cn.js';

export const useMemberWords = wordsIn<MemberWords>(zhCn, en);
