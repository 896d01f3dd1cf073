import { describe, expect, it } from 'vitest';
import { chooseLocale } from './loader-words.js';

describe('chooseLocale', () => {
  it('follows the page where the inbox speaks its language', () => {
    expect(chooseLocale('zh-Hans-CN', ['zh-CN', 'en'])).toBe('zh-CN');
    expect(chooseLocale('en-GB', ['zh-CN', 'en'])).toBe('en');
    expect(chooseLocale('fr', ['zh-CN', 'en'])).toBe('en');
  });

  it('otherwise takes the first language of the inbox', () => {
    expect(chooseLocale('en', ['zh-CN'])).toBe('zh-CN');
    expect(chooseLocale('zh', ['en'])).toBe('en');
  });
});
