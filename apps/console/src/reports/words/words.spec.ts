import { expect, it } from 'vitest';
import { en } from './en.js';
import { zhCn } from './zh-cn.js';

it('F-0303 the live board has every word in both languages', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zhCn).sort());
  for (const word of [...Object.values(en), ...Object.values(zhCn)]) {
    expect(typeof word === 'function' || word.trim() !== '').toBe(true);
  }
});
