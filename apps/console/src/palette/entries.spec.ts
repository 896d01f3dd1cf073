import { describe, expect, it } from 'vitest';
import { en as places } from '../conversations/words/en.js';
import { en } from '../words/personal/en.js';
import { findEntries, seekEntries } from './entries.js';

describe('looking for a person from the palette', () => {
  it.each(['李', '小明', 'al', 'Ali Baba', '😀'])('F-0710 %s is looked for on the page of contacts', (typed) => {
    expect(findEntries(typed, en, 'shop')).toEqual([
      { id: 'find', label: `Find “${typed}” among contacts`, hint: '', path: '/w/shop/contacts', find: typed },
    ]);
  });

  it.each(['李', 'Ali Baba', '13800138000'])(
    'F-0301 F-0710 %s is looked for among conversations, in no path',
    (typed) => {
      expect(seekEntries(typed, places, 'shop')).toEqual([
        {
          ...{ id: 'seek', label: `Find “${typed}” among conversations`, hint: '' },
          ...{ path: '/w/shop/conversations/all', seek: typed },
        },
      ]);
    },
  );

  it.each(['', 'a', '7'])('F-0710 “%s” is nobody’s name', (typed) => {
    expect([...findEntries(typed, en, 'shop'), ...seekEntries(typed, places, 'shop')]).toEqual([]);
  });
});
