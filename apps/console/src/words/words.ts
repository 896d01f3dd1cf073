import { en } from './en.js';
import type { Locale, Words } from './vocabulary.js';
import { zhCn } from './zh-cn.js';

const BY_LOCALE: Readonly<Record<Locale, Words>> = { 'zh-CN': zhCn, en };

export function wordsFor(locale: Locale): Words {
  return BY_LOCALE[locale];
}
