import { describe, expect, it } from 'vitest';
import { forSeeds } from '../testing/seeded.js';
import { type MaskKind, mask } from './mask.js';

/** Kinds with the most characters of a value that their pattern shows. */
const SHOWN: Readonly<Record<MaskKind, number>> = { name: 1, mobile: 7, email: 66, handle: 2, address: 7, none: 0 };
const KINDS = Object.keys(SHOWN) as MaskKind[];

describe('a mask', () => {
  it.each<[MaskKind, string, string]>([
    ['mobile', '13812341234', '138****1234'],
    ['mobile', '138 1234-1234', '138****1234'],
    ['email', 'linxiaowen@qq.com', 'l***@qq.com'],
    ['name', '林晓雯', '林**'],
    ['name', '林晓', '林**'],
    ['name', 'Anna Lin', 'A**'],
    ['handle', 'wechat_lin', 'we***'],
    ['address', '上海市浦东新区世纪大道100号', '上海市浦东新区****'],
    ['address', '北京市朝阳区建国路1号院2号楼', '北京市朝阳区****'],
    ['address', '广东省深圳市南山区科技园路5号', '广东省深圳市****'],
  ])('P-1004 of a %s %s is %s', (kind, value, expected) => {
    expect(mask(kind, value)).toBe(expected);
  });

  it.each<[MaskKind, string, string]>([
    ['name', '林', '**'],
    ['name', '', '**'],
    ['name', ' A ', '**'],
    ['name', 'e\u0301', '**'],
    ['mobile', '1234567890', '****'],
    ['mobile', '110', '****'],
    ['mobile', '１３８１２３４１２３４', '****'],
    ['mobile', 'not a number', '****'],
    ['email', 'a@qq.com', '****'],
    ['email', '@qq.com', '****'],
    ['email', 'nobody', '****'],
    ['email', 'lin@13812341234', '****'],
    ['email', 'lin@qq.com 13812341234', '****'],
    ['email', 'lin@上海市浦东新区 世纪大道', '****'],
    ['email', `lin@${'x'.repeat(100)}.com`, '****'],
    ['handle', 'abcde', '****'],
    ['address', '上海市', '****'],
    ['address', '221B Baker Street, London NW1', '****'],
    ['address', '阳光小区3号楼1单元101室东门', '****'],
    ['none', 'anything at all', '****'],
  ])('P-1004 of a %s %j has nothing useful to show', (kind, value, expected) => {
    expect(mask(kind, value)).toBe(expected);
  });

  it.each<[string, string]>([
    ['👩‍👩‍👧‍👦 family', '👩**'],
    ['رنا الخطيب', 'ر**'],
    ['שרה', 'ש**'],
    ['e\u0301tienne', 'é**'],
    [`a${'\u0301'.repeat(10_000)}`, 'á**'],
    ['x'.repeat(10_000), 'x**'],
  ])('P-1004 of the name %s keeps one character', (value, expected) => {
    expect(mask('name', value)).toBe(expected.normalize('NFC'));
  });

  it('P-1004 never shows more of a value than its pattern, whatever the value is', () => {
    forSeeds(3000, (seeded) => {
      const value = seeded.oneIn(4) ? `${seeded.text(20)}@${seeded.text(20)}.com` : seeded.text(80);
      for (const kind of KINDS) {
        const shown = [...mask(kind, value).replaceAll('*', '').replace('@', '')];
        expect(shown.length, `${kind} of ${value}`).toBeLessThanOrEqual(SHOWN[kind]);
      }
    });
  });

  it('P-1004 never contains the value, unless the value is of stars itself', () => {
    forSeeds(3000, (seeded) => {
      const value = seeded.text(seeded.oneIn(2) ? 3 : 40);
      if (value.trim() === '') return;
      for (const kind of KINDS) {
        const masked = mask(kind, value);
        expect(masked.includes(value.trim()), `${kind} of ${value}`).toBe(false);
        expect(masked.includes(value.trim().normalize('NFC')), `${kind} of ${value}`).toBe(false);
      }
    });
  });

  it('P-1004 of two values that differ only in what is hidden is the same', () => {
    expect(mask('mobile', '13800001234')).toBe(mask('mobile', '13899991234'));
    expect(mask('name', '林晓雯')).toBe(mask('name', '林一'));
    expect(mask('handle', 'wechat')).toBe(mask('handle', `we${'x'.repeat(90)}`));
  });
});
