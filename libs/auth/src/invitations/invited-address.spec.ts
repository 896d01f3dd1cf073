import { describe, expect, it } from 'vitest';
import { invitedAddress } from './invited-address.js';

describe('addresses that are invited', () => {
  it.each([
    ['Li.Na+work@Shop.Example', 'li.na+work@shop.example'],
    ['  wang@shop.example ', 'wang@shop.example'],
    ['zhou@bücher.example', 'zhou@xn--bcher-kva.example'],
    ['zhou@例子.测试', 'zhou@xn--fsqu00a.xn--0zwm56d'],
    // Cyrillic letters in the domain: not refused, but they show what they are.
    ['admin@раypal.example', 'admin@xn--ypal-43d9g.example'],
    ["o'neil@shop.example", "o'neil@shop.example"],
  ])('F-0201 %j is %s', (typed, address) => {
    expect(invitedAddress(typed)).toBe(address);
  });

  it.each([
    ['', 'nothing'],
    ['wang', 'no domain'],
    ['wang@shop', 'a domain of one part'],
    ['wang@shop.example\r\nBcc: all@shop.example', 'a second header'],
    ['wang@shop.example\n', 'a line end'],
    ['wang\u0000@shop.example', 'a control character'],
    ['wang@shop.example, li@shop.example', 'two addresses'],
    ['"wang"@shop.example', 'a quoted name'],
    ['Wang <wang@shop.example>', 'a display name'],
    ['wang@evil.example@shop.example', 'two at signs'],
    ['wаng@shop.example', 'a Cyrillic а before the @'],
    ['wang@127.0.0.1', 'a number'],
    ['wang@[127.0.0.1]', 'a literal'],
    ['wang@shop.example\u202e', 'a mark that turns the text'],
    ['wang@shop.example%0d', 'an escape'],
    ['.wang@shop.example', 'a dot first'],
    [`${'a'.repeat(65)}@shop.example`, 'a name too long'],
    [`wang@${'a'.repeat(64)}.example`, 'a part too long'],
  ])('F-0201 refuses %j: %s', (typed) => {
    expect(() => invitedAddress(typed)).toThrowError(expect.objectContaining({ code: 'account.email-invalid' }));
  });
});
