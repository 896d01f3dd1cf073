import { expect, it } from 'vitest';
import { collide } from './canned-text.js';

it('F-0304 a word is taken once in each language, and once for any', () => {
  const named = (shortcut: string, locale: 'en' | 'zh-CN' | null) => ({ shortcut, locale });
  expect(collide(named('hi', 'en'), named('hi', 'en'))).toBe(true);
  expect(collide(named('hi', null), named('hi', null))).toBe(true);
  expect(collide(named('hi', 'en'), named('hi', 'zh-CN'))).toBe(false);
  expect(collide(named('hi', null), named('hi', 'en'))).toBe(false);
  expect(collide(named('hi', 'en'), named('bye', 'en'))).toBe(false);
});
