import type { ContactField } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { checkValue, mobileKey } from './contact-values.js';

const kept = (field: ContactField, text: string) => {
  const checked = checkValue(field, text);
  return 'value' in checked ? checked.value : `! ${checked.rule}`;
};

describe('values of a contact', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    [' 138 0013-8000 ', '+8613800138000'],
    ['8613800138000', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['+44 (0) 20.7183', '+440207183'],
    ['+1 38 0013 8000', '+13800138000'],
    ['0755-1234567', '07551234567'],
    ['1234567', '1234567'],
    ['138 12', '! mobile'],
    ['1380013', '! mobile'],
    ['1380013800', '! mobile'],
    ['138001380000', '! mobile'],
    ['10086', '! mobile'],
    ['123456', '! mobile'],
    ['1234', '! mobile'],
    ['+1234567890123456', '! mobile'],
    ['138001380o0', '! mobile'],
    ['+', '! mobile'],
    ['138+0013800', '! mobile'],
  ])('P-1002 a mobile number %s is kept as %s', (text, value) => {
    expect(kept('mobile', text)).toBe(value);
  });

  it('P-1002 one number written in several ways has one key', () => {
    expect(mobileKey('+8613800138000')).toBe('8613800138000');
    expect(new Set(['+442071838750', '442071838750'].map(mobileKey)).size).toBe(1);
  });

  it.each([
    [' Lin.Xiaowen@QQ.com ', 'lin.xiaowen@qq.com'],
    ['ｌｉｎ@qq.com', 'lin@qq.com'],
    ['林@例子.公司', '林@例子.公司'],
    ['a+b@mail.example', 'a+b@mail.example'],
    ['lin@qq', '! email'],
    ['lin@@qq.com', '! email'],
    ['lin xiao@qq.com', '! email'],
    ['<lin@qq.com>', '! email'],
    ['lin@qq..com', '! email'],
    ['a@b.example, c@d.example', '! email'],
    [`${'a'.repeat(250)}@qq.com`, '! maxLength'],
  ])('P-1002 an e-mail address %s is kept as %s', (text, value) => {
    expect(kept('email', text)).toBe(value);
  });

  it.each([
    ['lin_xw-88', 'lin_xw-88'],
    ['abcdef', 'abcdef'],
    ['abcde', '! wechat'],
    ['a'.repeat(21), '! wechat'],
    ['8lin_xw', '! wechat'],
    ['林晓雯的微信号', '! wechat'],
  ])('a WeChat id %s is kept as %s', (text, value) => {
    expect(kept('wechat', text)).toBe(value);
  });

  it.each(['林晓雯', 'رنا الخطيب', '👩‍👩‍👧‍👦🙏', '<b>Lin</b>', "O'Neill", 'x'.repeat(80)])(
    'a name %s is kept',
    (name) => {
      expect(kept('name', name)).toBe(name);
    },
  );

  it('names and addresses have one form and a length in characters, not in bytes', () => {
    expect(kept('name', '  Zoe\u0308   Lin ')).toBe('Zoë Lin');
    expect(kept('name', '👍'.repeat(80))).toBe('👍'.repeat(80));
    expect(kept('name', 'x'.repeat(81))).toBe('! maxLength');
    expect(kept('address', '路'.repeat(200))).toBe('路'.repeat(200));
    expect(kept('address', '路'.repeat(201))).toBe('! maxLength');
  });

  it.each([
    ['Lin\u202egnaW', '! hiddenCharacter'],
    ['Lin\u2067', '! hiddenCharacter'],
    ['Lin\u200b', '! hiddenCharacter'],
    ['Lin\u0000', '! controlCharacter'],
    ['Lin\nWang', '! controlCharacter'],
    ['Lin\ud83d', '! controlCharacter'],
    ['   ', '! isNotEmpty'],
    ['', '! isNotEmpty'],
  ])('P-0303 text that turns, hides or breaks is refused: %j', (text, fault) => {
    for (const field of ['name', 'address', 'mobile', 'email', 'wechat'] as const) {
      expect([field, kept(field, text)]).toEqual([field, fault]);
    }
  });
});
