import { ApiError } from '@libs/api-client';
import { describe, expect, it } from 'vitest';
import { wordsFor } from '../words/words.js';
import { isOvertaken, overtakenText } from './overtaken.js';

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

describe('who was quicker', () => {
  const at = new Date(2026, 10, 22, 10, 4).getTime();
  const told = (details: object, code = 'crm.contact-changed') =>
    overtakenText(new ApiError({ status: 409, code, title: '', details } as never), EN, at);
  const EN = { ...wordsFor('en'), locale: 'en' } as const;

  it.each([
    ['a colleague', { changedBy: 'member', changedByName: 'Li Na', changedAt: at }, /^Li Na saved .*10:04/],
    ['an odd name', { changedBy: 'member', changedByName: 'a\u202eb', changedAt: at }, /^a□b saved /],
    ['oneself elsewhere', { changedBy: 'you', changedAt: at }, /^You saved .* another page or device .*10:04/],
    ['somebody erased', { changedBy: 'former-member', changedAt: at }, /^A former member saved .*10:04/],
    ['nobody known', { version: 3 }, /^Somebody saved /],
    ['nobody known at a time', { changedAt: at }, /^Somebody saved /],
  ])('is %s', (_, details, sentence) => expect(told(details)).toMatch(sentence));

  it('is nobody where it was refused for another reason', () =>
    expect(told({ changedBy: 'you', changedAt: at }, 'account.team-name-taken')).toMatch(/^Somebody saved /));
});
