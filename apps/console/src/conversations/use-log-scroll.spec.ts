import type { AgentItem } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { newsAfter } from './use-log-scroll.js';

const item = (revision: number, kind: string, id: string | null) => ({ revision, kind, author: { id } }) as AgentItem;

describe('the way to the newest message', () => {
  it('F-0310 counts what others wrote below what was seen', () => {
    const items = [
      item(1, 'message', null),
      item(2, 'message', null),
      item(3, 'message', 'me'),
      item(4, 'note', 'ben'),
      item(5, 'resolved', 'ben'),
    ];
    expect([newsAfter(items, 1, 'me'), newsAfter(items, 0, 'me'), newsAfter(items, 5, 'me')]).toEqual([2, 3, 0]);
  });
});
