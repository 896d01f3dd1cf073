import { wordsIn } from '../words-in.js';
import { en } from './en.js';
import type { TeamWords } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

export const useTeamWords = wordsIn<TeamWords>(zhCn, en);

export const useOtherTeamWords = wordsIn<TeamWords>(en, zhCn);
