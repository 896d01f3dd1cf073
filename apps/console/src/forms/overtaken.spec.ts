import { ApiError } from '@libs/api-client';
import { describe, expect, it } from 'vitest';
import { isOvertaken } from './overtaken.js';

const refused = (status: number, code: string) => new ApiError({ status, code, title: '' });

describe('somebody else was quicker', () => {
  it.each(['chat.canned-changed', 'chat.routing-changed', 'chat.hours-changed', 'account.edit-conflict'])(
    'is seen by %s',
    (code) => expect(isOvertaken(refused(409, code))).toBe(true),
  );

  it.each([
    [409, 'account.team-name-taken'],
    [404, 'chat.not-found'],
    [0, 'client.offline'],
  ])('is not %i %s', (status, code) => expect(isOvertaken(refused(status, code))).toBe(false));

  it('is nothing that was not refused', () =>
    expect([isOvertaken(null), isOvertaken(new Error('x'))]).toEqual([false, false]));
});
