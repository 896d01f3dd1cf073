import { describe, expect, it } from 'vitest';
import { parseChoices } from './kept-choices.js';
import { tidied } from './list-choice.js';

describe('choices that outlive a reload', () => {
  it('F-0301 come back as they were', () => {
    const choice = { filter: { state: ['open'], assignee: ['me'], waiting: 60 }, sort: 'longest-waiting' } as const;
    const [back] = [...parseChoices(JSON.stringify([['mine', choice]])).values()];
    expect([tidied(back!.filter), back!.sort]).toEqual([choice.filter, 'longest-waiting']);
  });

  it('F-0301 are none where something else lies there, and bring in nothing but ids and words', () => {
    for (const text of [null, '', 'x', '{}', '[1]', '[["mine"]]', '[[1,{}]]', '[["a b",{}]]']) {
      expect(parseChoices(text).size).toBe(0);
    }
    const odd = {
      filter: { state: ['open', 'x'], label: [1, '<b>', 'ok'], waiting: 'x', q: '13800138000' },
      sort: 'up',
    };
    const { filter, sort } = parseChoices(JSON.stringify([['mine', odd]])).get('mine')!;
    expect([tidied(filter), sort]).toEqual([{ state: ['open'], label: ['ok'] }, 'newest']);
  });
});
