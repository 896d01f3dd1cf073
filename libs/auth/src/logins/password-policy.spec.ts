import { randomToken } from '@libs/kernel';
import { describe, expect, it } from 'vitest';
import { assertStrongPassword } from './password-policy.js';

describe('password policy', () => {
  it.each([
    '12345678',
    'short-One-1',
    '123456789012',
    'aaaaaaaaaaaaaaaa',
    'abababababababab',
    'Password123456',
    'qwertyuiop1234',
    'P@ssw0rdP@ssw0rd1',
    'admin-admin-12345',
    'x'.repeat(257),
  ])('P-1013 refuses %s', (password) => {
    expect(() => assertStrongPassword(password)).toThrow(
      expect.objectContaining({ code: 'account.password-weak', status: 422 }),
    );
  });

  it('P-1013 refuses a password that is mostly the login itself', () => {
    expect(() => assertStrongPassword('katherine2026', 'Katherine@shop.example')).toThrow();
    expect(() => assertStrongPassword('katherine2026', 'bob@shop.example')).not.toThrow();
  });

  it.each(['correct horse battery', 'plum-Kettle-91-harbour', '我在杭州的小店卖茶叶二十年'])(
    'P-1013 accepts %s',
    (password) => {
      expect(() => assertStrongPassword(password)).not.toThrow();
    },
  );

  it('P-1013 accepts random ones, as the demo makes them', () => {
    for (let n = 0; n < 500; n++) expect(() => assertStrongPassword(randomToken(15))).not.toThrow();
  });
});
