import type { Locale } from '../bridge/bridge-messages.js';

interface LoaderWords {
  readonly name: string;
  readonly unread: (count: number) => string;
}

const WORDS: Readonly<Record<Locale, LoaderWords>> = {
  'zh-CN': { name: '在线客服', unread: (count) => `在线客服，未读${count}条` },
  en: { name: 'Live chat', unread: (count) => `Live chat, ${count} unread` },
};

export function wordsFor(locale: Locale): LoaderWords {
  return WORDS[locale];
}

/** The page's own language where the inbox speaks it, otherwise the inbox's first. */
export function chooseLocale(wanted: string, offered: readonly Locale[]): Locale {
  const locale: Locale = /^zh\b/i.test(wanted) ? 'zh-CN' : 'en';
  return offered.includes(locale) ? locale : (offered[0] ?? 'zh-CN');
}
