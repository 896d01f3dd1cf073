import { describe, expect, it } from 'vitest';
import { invitedAddress } from '../invitations/invited-address.js';
import { isEmail, normaliseIdentifier } from './login-identifier.js';

describe('the one form of an e-mail', () => {
  it.each([
    ['  Li.Na@Shop.Example ', 'li.na@shop.example'],
    ['zhou@例子.测试', 'zhou@xn--fsqu00a.xn--0zwm56d'],
    ['Zhou@BÜCHER.example', 'zhou@xn--bcher-kva.example'],
    ['ｌｉ@ｓｈｏｐ.example', 'li@shop.example'],
    ['zhou@xn--bcher-kva.example', 'zhou@xn--bcher-kva.example'],
  ])('F-0106 F-0201 %j is %s, signing in as in an invitation', (typed, form) => {
    expect(normaliseIdentifier(typed)).toBe(form);
    expect(normaliseIdentifier(form)).toBe(form);
    expect(invitedAddress(typed)).toBe(form);
    expect(isEmail(form)).toBe(true);
  });

  it.each(['', '例子', 'a@1.2', 'a@b c.例子', 'a@例子/x', 'a@'])('F-0106 %j stays what it is', (typed) => {
    expect(normaliseIdentifier(typed)).toBe(typed);
  });
});
