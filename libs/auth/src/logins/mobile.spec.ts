import { describe, expect, it } from 'vitest';
import { normaliseMobile } from './mobile.js';
import { plainText } from './plain-name.js';

describe('what people type about themselves', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['138 0013-8000', '+8613800138000'],
    ['８６ 138 0013 8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['+44 7911 123456', '+447911123456'],
  ])('P-0304 %s is one number, however it is written', (typed, mobile) => {
    expect(normaliseMobile(typed)).toBe(mobile);
  });

  it.each(['', '1380013800', '+861380013800', '+8612345678901', '02812345678', '+0123456789', 'abc', '1'.repeat(60)])(
    'P-0304 %s is none',
    (typed) => expect(normaliseMobile(typed)).toBeUndefined(),
  );

  it('F-0103 a name is kept on one line and in one form; what could disguise it is refused', () => {
    expect(plainText('  Ada   Lovelace ', 60)).toEqual({ value: 'Ada Lovelace' });
    expect(plainText('👩‍👩‍👧‍👦 رنا', 60)).toEqual({ value: '👩‍👩‍👧‍👦 رنا' });
    expect(plainText('a\u202Eb', 60)).toEqual({ rule: 'hiddenCharacter' });
    expect(plainText('a\nb', 60)).toEqual({ rule: 'controlCharacter' });
    expect(plainText('长'.repeat(400), 60)).toEqual({ rule: 'maxLength' });
    expect(plainText(' ', 60)).toEqual({ rule: 'isNotEmpty' });
  });
});
