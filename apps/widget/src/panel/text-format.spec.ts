import { describe, expect, it } from 'vitest';
import { characters, isEmojiOnly, timeText, visibleText } from './text-format.js';

describe('visibleText', () => {
  it('draws control characters and bidi overrides as boxes and keeps everything else', () => {
    expect(visibleText('a\u202Eb\u0000c\nd\te')).toBe('a□b□c\nd\te');
    expect(visibleText('<b>不是标记</b> مرحبا 👩‍🔧')).toBe('<b>不是标记</b> مرحبا 👩‍🔧');
    expect(visibleText('one\r\ntwo')).toBe('one\ntwo');
  });
});

describe('characters', () => {
  it('counts a character outside the first plane once', () => {
    expect(characters('字😀a')).toBe(3);
  });
});

describe('timeText', () => {
  const now = new Date(2026, 2, 18, 20, 0).getTime();
  it('says only the hour today, the day before that, the year where it differs', () => {
    expect(timeText(new Date(2026, 2, 18, 9, 5).getTime(), now, 'zh-CN')).toBe('09:05');
    expect(timeText(new Date(2026, 2, 17, 14, 5).getTime(), now, 'zh-CN')).toBe('3月17日 14:05');
    expect(timeText(new Date(2026, 2, 17, 14, 5).getTime(), now, 'en')).toBe('17 Mar, 14:05');
    expect(timeText(new Date(2025, 2, 17, 14, 5).getTime(), now, 'zh-CN')).toBe('2025年3月17日 14:05');
  });
});

describe('isEmojiOnly', () => {
  it.each(['👍', '❤️', '👍🏽🎉', '👩‍🔧🇨🇳😀'])('%s is drawn large', (text) => expect(isEmojiOnly(text)).toBe(true));
  it.each(['', '1', '好', '👍 谢谢', '😀😀😀😀', '#️⃣a'])('%s is not', (text) => expect(isEmojiOnly(text)).toBe(false));
});
