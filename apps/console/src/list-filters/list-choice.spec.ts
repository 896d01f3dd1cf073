import { describe, expect, it } from 'vitest';
import { differs, isNarrowed, partsOf, tidied, wishAt, without } from './list-choice.js';

describe('filters of a list', () => {
  const filter = { state: ['open', 'queued'], assignee: ['me'], unread: true, waiting: 60 } as const;

  it('F-0301 lose one condition at a time', () => {
    expect(partsOf(filter)).toHaveLength(5);
    expect(without(filter, { kind: 'state', value: 'open' })).toEqual({ ...filter, state: ['queued'] });
    expect(without(filter, { kind: 'assignee', value: 'me' })).not.toHaveProperty('assignee');
    expect(without(filter, { kind: 'waiting' })).not.toHaveProperty('waiting');
  });

  it('F-0301 are the same where they say the same', () => {
    expect(
      differs({ filter, sort: 'newest' }, { filter: { ...filter, state: ['queued', 'open'] }, sort: 'newest' }),
    ).toBe(false);
    expect(differs({ filter, sort: 'newest' }, { filter, sort: 'longest-waiting' })).toBe(true);
    expect(tidied({ label: [], unread: false })).toEqual({});
    expect([isNarrowed({ inbox: [] }), isNarrowed({ unread: true })]).toEqual([false, true]);
  });

  it('F-0301 begin with what a saved view keeps, and end with what was chosen here', () => {
    const saved = { id: 'v', name: 'n', view: 'all', filter, sort: 'longest-waiting', order: 0 } as const;
    expect(wishAt('v', saved, undefined)).toEqual({ view: 'all', filter, sort: 'longest-waiting' });
    expect(wishAt('v', saved, { filter: {}, sort: 'newest' })).toEqual({ view: 'all', filter: {}, sort: 'newest' });
    expect(wishAt('mine', undefined, undefined)).toEqual({ view: 'mine', filter: {}, sort: 'newest' });
  });
});
