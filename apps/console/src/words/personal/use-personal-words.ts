import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import type { PersonalWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export const usePersonalWords = wordsIn<PersonalWords>(zhCn, en);
