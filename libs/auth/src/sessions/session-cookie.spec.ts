import { newId, randomToken } from '@libs/kernel';
import { describe, expect, it } from 'vitest';
import { parseSessionCookie, readCookie, sessionCookieValue, TOKEN_BYTES } from './session-cookie.js';

describe('session cookie', () => {
  it('F-0111 reads what it wrote and refuses everything else', () => {
    const cookie = { tenantId: newId(), token: randomToken(TOKEN_BYTES) };
    const value = sessionCookieValue(cookie);
    expect(parseSessionCookie(value)).toEqual(cookie);
    for (const bad of ['', '.', value.slice(1), `${value}A`, value.replace('.', '!'), value.toUpperCase()]) {
      expect(parseSessionCookie(bad)).toBeNull();
    }
  });

  it('F-0111 takes a cookie by its exact name, and none when it stands there twice', () => {
    expect(readCookie('a=1; session=2; xsession=3', 'session')).toBe('2');
    expect(readCookie('session=1; session=2', 'session')).toBeUndefined();
    expect(readCookie(undefined, 'session')).toBeUndefined();
  });
});
