import type { ContactField } from '@libs/contracts';

/** A value as it is kept, or the rule that it breaks. */
export type CheckedValue = { readonly value: string } | { readonly rule: string };

const LIMITS = { name: 80, address: 200, email: 254 } as const;
/** Line breaks, other control characters, and halves of a character. */
const BROKEN = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
/** Marks that turn or hide text, so that a name reads as another one. The joiners of emoji and scripts are none. */
const DECEIVING = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;
const CHINESE_MOBILE = /^(?:86)?(1[3-9]\d{9})$/;
/** Begins like a Chinese mobile number and is shorter or longer than one. */
const BROKEN_CHINESE = /^1[3-9](?!\d{9}$)\d*$/;
/** WeChat's own rule for its ids. */
const WECHAT = /^[A-Za-z][A-Za-z0-9_-]{5,19}$/;
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@(?:[^\s@.<>()[\]\\,;:"]+\.)+[^\s@.<>()[\]\\,;:"]{2,}$/u;

/** `text` in the form in which this field is kept and compared, or why it cannot be. */
export function checkValue(field: ContactField, text: string): CheckedValue {
  if (BROKEN.test(text)) return { rule: 'controlCharacter' };
  if (DECEIVING.test(text)) return { rule: 'hiddenCharacter' };
  if (text.trim() === '') return { rule: 'isNotEmpty' };
  switch (field) {
    case 'name':
    case 'address':
      return checkText(text, LIMITS[field]);
    case 'mobile':
      return toMobile(text);
    case 'email':
      return toEmail(text);
    case 'wechat':
      return WECHAT.test(text.trim()) ? { value: text.trim() } : { rule: 'wechat' };
  }
}

/** What the blind index of a mobile number is made of: the digits, so that `+` does not matter. */
export function mobileKey(mobile: string): string {
  return mobile.replace(/\D/g, '');
}

function checkText(text: string, most: number): CheckedValue {
  const value = text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  return [...value].length <= most ? { value } : { rule: 'maxLength' };
}

/**
 * `+` and digits where the country is known; a Chinese mobile number needs none (`138 0013 8000`). Anything else without a
 * country must be a whole number: a beginning of one would be kept, masked and found as if it were the person's.
 */
function toMobile(text: string): CheckedValue {
  const compact = text.normalize('NFKC').replace(/[\s().\-–]/gu, '');
  const international = compact.replace(/^00/, '+');
  if (!/^(?:\+\d{5,15}|\d{7,15})$/.test(international)) return { rule: 'mobile' };
  if (BROKEN_CHINESE.test(international)) return { rule: 'mobile' };
  const chinese = CHINESE_MOBILE.exec(international.replace('+', ''));
  const isChinese = chinese && (!international.startsWith('+') || international.startsWith('+86'));
  return { value: isChinese ? `+86${chinese[1]}` : international };
}

function toEmail(text: string): CheckedValue {
  const value = text.normalize('NFKC').trim().toLowerCase();
  if (value.length > LIMITS.email) return { rule: 'maxLength' };
  return EMAIL.test(value) && !BROKEN.test(value) ? { value } : { rule: 'email' };
}
