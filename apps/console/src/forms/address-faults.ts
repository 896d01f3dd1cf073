import type { AccountWords } from '../words/account/zh-cn.js';

/** Why `text` is no mobile number; empty where it can be one. The server decides. */
export function mobileFault(text: string, words: AccountWords): string {
  const compact = text
    .normalize('NFKC')
    .replace(/[\s().\-–]/gu, '')
    .replace(/^00/, '+');
  if (compact === '') return words.mobileMissing;
  const chinese = compact.replace(/^\+?86/, '');
  const isForeign = /^\+(?!86)[1-9]\d{6,14}$/.test(compact);
  return isForeign || /^1[3-9]\d{9}$/.test(chinese) ? '' : words.mobileInvalid;
}

export function emailFault(text: string, words: AccountWords): string {
  const email = text.normalize('NFKC').trim();
  if (email === '') return words.emailMissing;
  return email.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? '' : words.emailInvalid;
}
