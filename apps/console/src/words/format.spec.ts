import { describe, expect, it } from 'vitest';
import { zhCn as deskZhCn } from './desk/zh-cn.js';
import { countText, day, exactTime, isEmojiOnly, relativeTime, safeText } from './format.js';
import { en as settingsEn } from './settings/en.js';
import { zhCn as settingsZhCn } from './settings/zh-cn.js';
import { wordsFor } from './words.js';

const now = new Date(2026, 2, 18, 14, 5).getTime();
const zh = wordsFor('zh-CN');

describe('times', () => {
  it('are relative below a day and exact otherwise', () => {
    expect(relativeTime(now - 5_000, now, 'zh-CN', zh)).toBe('刚刚');
    expect(relativeTime(now - 5 * 60_000, now, 'zh-CN', zh)).toBe('5分钟前');
    expect(relativeTime(now - 3 * 3_600_000, now, 'zh-CN', zh)).toBe('3小时前');
    expect(relativeTime(now - 30 * 3_600_000, now, 'zh-CN', zh)).toBe('昨天');
    expect(exactTime(now, now, 'zh-CN')).toBe('3月18日 14:05');
    expect(exactTime(now, now, 'en')).toBe('18 Mar, 14:05');
  });

  it('name the year when it is another one', () => {
    expect(day(new Date(2025, 11, 1).getTime(), now, 'zh-CN')).toBe('2025年12月1日');
    expect(day(new Date(2025, 11, 1).getTime(), now, 'en')).toBe('1 Dec 2025');
  });
});

describe('text of people', () => {
  it('shows overrides and control characters as boxes, keeps line breaks', () => {
    expect(safeText('a\u202Eb\u0007\nc')).toBe('a□b□\nc');
  });

  it('knows one to three emoji alone', () => {
    expect(isEmojiOnly('👩‍👩‍👧‍👦🙏')).toBe(true);
    expect(isEmojiOnly('好🙏')).toBe(false);
    expect(isEmojiOnly('12')).toBe(false);
  });
});

describe('counts', () => {
  it('are exact and grouped, in both languages and inside sentences', () => {
    expect([countText(12_408, 'zh-CN'), countText(12_408, 'en'), countText(408, 'zh-CN')]).toEqual([
      '12,408',
      '12,408',
      '408',
    ]);
    expect(zh.unread(12_408)).toBe('未读12,408条');
    expect(deskZhCn.people(12_408)).toBe('涉及12,408人');
    expect(settingsEn.memberCount(12_408)).toBe('12,408 people');
    expect(settingsZhCn.memberCount(12_408)).toBe('12,408人');
  });
});
