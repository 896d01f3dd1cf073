import { describe, expect, it } from 'vitest';
import { zhCn as team } from '../words/team/zh-cn.js';
import { wordsFor } from '../words/words.js';
import { bestFirst, matchOf } from './match.js';
import { pinyinInitials } from './pinyin-initials.js';

const zh = wordsFor('zh-CN');

describe('what the palette finds', () => {
  it.each([
    [zh.take, 'jd'],
    [zh.resolve, 'jj'],
    [zh.reopen, 'cxdk'],
    [zh.reopen, 'zxdk'],
    [zh.internalNote, 'nbbz'],
    [team.transfer, 'zj'],
    [zh.contacts, 'lxr'],
    [zh.settings, 'sz'],
  ])('finds %s by the initials %s', (text, typed) => {
    expect(pinyinInitials(text)).toContain(typed);
    expect(matchOf(typed.toUpperCase(), text)).toBeGreaterThan(1);
  });

  it('finds words of either language, by beginning, by word and inside, in this order', () => {
    const rows = ['Internal note', 'Note', 'Take notes', 'Denoted', 'Reply'].map((text) => ({ texts: [text, '备注'] }));
    expect(bestFirst('note', rows).map(({ texts }) => texts[0])).toEqual([
      'Note',
      'Internal note',
      'Take notes',
      'Denoted',
    ]);
    expect(bestFirst('备', rows)).toHaveLength(5);
  });

  it('finds a part of the product before the pages in it', () => {
    const members = { texts: ['成员', 'Members'], within: ['设置', 'Settings'] };
    const settings = { texts: ['设置', 'Settings'] };
    expect(bestFirst('sz', [members, settings])).toEqual([settings, members]);
    expect(bestFirst('cy', [members, settings])).toEqual([members]);
  });

  it('has no initials for Latin text, and reads full width as half width', () => {
    expect(pinyinInitials('Reply')).toEqual([]);
    expect(matchOf('ｒｅｐ', 'Reply')).toBe(3);
    expect(matchOf('zzz', 'Reply')).toBe(0);
  });
});
