import type { CannedResponse } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { namedIn } from './named.js';
import { matchingCanned, replaced, triggerAt } from './suggestion.js';

const canned = (shortcut: string, more: Partial<CannedResponse> = {}): CannedResponse => ({
  ...{ id: shortcut, owner: 'workspace', shortcut, title: '', text: '', locale: null, position: 0, version: 1 },
  ...more,
});

describe('what opens a list', () => {
  it('F-0304 a slash does at the start of a word, and nowhere else', () => {
    expect(triggerAt('/', 1, '/')).toEqual({ sign: '/', start: 0, query: '' });
    expect(triggerAt('hello /tui', 10, '/')).toEqual({ sign: '/', start: 6, query: 'tui' });
    expect(triggerAt('好的\n/退款', 6, '/')).toEqual({ sign: '/', start: 3, query: '退款' });
    for (const none of ['and/or', 'http://', '2026/03', '/two words', 'plain']) {
      expect(triggerAt(none, none.length, '/'), none).toBeUndefined();
    }
    expect(triggerAt('/tui later', 4, '/')).toEqual({ sign: '/', start: 0, query: 'tui' });
  });

  it('F-0303 an at sign does after Han and space, and not inside an address', () => {
    expect(triggerAt('请@王', 3, '@')).toEqual({ sign: '@', start: 1, query: '王' });
    expect(triggerAt('@', 1, '@')).toEqual({ sign: '@', start: 0, query: '' });
    expect(triggerAt('lin@qq', 6, '@')).toBeUndefined();
  });
});

describe('which canned responses match', () => {
  const items = [
    canned('hi', { title: 'Welcome', text: 'refund is on its way' }),
    canned('refund', { title: '退款', text: 'x' }),
    canned('en-refund', { locale: 'en' }),
  ];

  it('F-0304 by shortcut first, then title and text; another language last', () => {
    const found = (query: string) => matchingCanned(items, query, 'zh-CN').map(({ shortcut }) => shortcut);
    expect(found('ref')).toEqual(['refund', 'en-refund', 'hi']);
    expect(found('退')).toEqual(['refund']);
    expect(found('WELCOME')).toEqual(['hi']);
    expect(found('')).toEqual(['hi', 'refund', 'en-refund']);
    expect(found('nothing')).toEqual([]);
  });

  it('F-0304 what is inserted takes the place of what was typed', () => {
    expect(replaced('a /re b', 2, 5, 'Refund')).toEqual({ text: 'a Refund b', caret: 8 });
  });
});

describe('whom a note names', () => {
  const [min, minhui, one, other] = ['王敏', '王敏慧', 'Ann Lee', 'Ann Lee'].map((name, at) => ({ id: `${at}`, name }));
  const all = [min!, minhui!, one!, other!];

  it('F-0303 the longest name that follows, each once', () => {
    expect(namedIn('@王敏慧 @王敏 @王敏请看', all, new Set())).toEqual([minhui, min]);
    expect(namedIn('王敏 mail@example', all, new Set())).toEqual([]);
  });

  it('F-0303 of two with one name the one who was chosen, else nobody', () => {
    expect(namedIn('@Ann Lee', all, new Set())).toEqual([]);
    expect(namedIn('@Ann Lee', all, new Set([other!.id]))).toEqual([other]);
  });
});
