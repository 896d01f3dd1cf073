import { describe, expect, it } from 'vitest';
import { textParts } from './links.js';

/** What can be pressed in a text: where it leads. */
function hrefs(text: string): readonly string[] {
  return textParts(text).flatMap(({ link }) => (link ? [link.href] : []));
}

describe('textParts', () => {
  it('P-0705 loses no character of the text', () => {
    const text = '看 https://a.example/x?y=1#z，或 www.b.example. tel:400-820-0000; mailto:a@b.example 谢谢';
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
    expect(hrefs(text)).toEqual([
      'https://a.example/x?y=1#z',
      'https://www.b.example/',
      'tel:400-820-0000',
      'mailto:a@b.example',
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://a.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.example/x',
    'https://bank.example@evil.example/',
    'https://user:secret@evil.example/',
    'https://localhost/x',
    'https://',
    'xhttps://a.example',
    'mailto:?bcc=c@d.example',
  ])('P-0705 %s is no link', (text) => {
    expect(hrefs(text)).toEqual([]);
  });

  it('P-0705 what belongs to the sentence stays outside', () => {
    expect(hrefs('(见https://a.example/b_(c))。')).toEqual(['https://a.example/b_(c)']);
    expect(hrefs('“https://a.example/b”，https://c.example！')).toEqual(['https://a.example/b', 'https://c.example/']);
    expect(hrefs('https://a.example谢谢')).toEqual(['https://a.example/']);
    expect(hrefs('https://a.example/b谢谢')).toEqual(['https://a.example/b']);
    expect(hrefs('https://a.example/\u202Egpj.exe')).toEqual(['https://a.example/']);
  });

  it('P-0705 a host of look-alike letters is named as computers read it', () => {
    const [part] = textParts('https://аррӏе.com/login');
    expect(part?.link).toEqual({
      href: 'https://xn--80ak6aa92e.com/login',
      host: 'xn--80ak6aa92e.com',
      written: 'аррӏе.com',
    });
    expect(textParts('https://例子.中国/x')[0]?.link?.host).toBe('xn--fsqu00a.xn--fiqs8s');
    expect(textParts('https://a.example:8443/x')[0]?.link).toEqual({
      href: 'https://a.example:8443/x',
      host: 'a.example:8443',
    });
  });

  it('a mail address takes nothing along', () => {
    expect(hrefs('mailto:a@b.example?bcc=c@d.example')).toEqual(['mailto:a@b.example']);
  });

  it('an address that no browser needs stays plain, the one after it does not', () => {
    const long = `https://a.example/${'a'.repeat(2030)}`;
    expect(textParts(`${long.slice(0, 2048)} x`)[0]?.link).toBeDefined();
    expect(hrefs(`${long}a www.b.example`)).toEqual(['https://www.b.example/']);
  });

  // No clock: a pattern that tries all the ways to split one of these would not come back in the life of the test run.
  it.each([
    ['nested brackets', `https://a.example/${'('.repeat(20_000)}${')'.repeat(20_000)}`, 0],
    ['punctuation that ends nothing', `https://a.example/${'.'.repeat(4_000)}a`, 0],
    ['addresses in a row', 'www.'.repeat(20_000), 0],
    ['points and letters before Chinese', `https://${'aa.'.repeat(10_000)}aa${'谢'.repeat(10_000)}.`, 0],
    ['mail without an end', `${'mailto:a'.repeat(1_000)}@`, 0],
    ['a number without an end', 'tel:1'.repeat(10_000), 0],
  ])('a huge text comes out whole: %s', (_, text, links) => {
    const parts = textParts(`${text} end`);
    expect(parts.map((part) => part.text).join('')).toBe(`${text} end`);
    expect(parts.filter(({ link }) => link)).toHaveLength(links);
  });
});
