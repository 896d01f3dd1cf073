import type { AgentItem, ConversationSummary } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { freshest } from './conversation-queries.js';
import { rowAfter } from './live-rows.js';

const row = { id: 'c', seq: 3, revision: 5, unread: 0, lastAt: 100, waitingSince: null } as ConversationSummary;
const author = { kind: 'visitor', id: null, name: null } as const;
const message = { kind: 'message', text: '好的', sender: 's', number: 1, conversationId: 'c', author } as const;

describe('rowAfter', () => {
  it('shows the newest message and counts those of the visitor', () => {
    const item: AgentItem = { ...message, revision: 6, seq: 4, at: 200 };
    expect(rowAfter(row, item)).toEqual({
      revision: 6,
      seq: 4,
      lastAt: 200,
      unread: 1,
      waitingSince: 200,
      preview: { from: 'visitor', text: '好的' },
    });
    const own: AgentItem = { ...item, author: { kind: 'agent', id: 'm', name: '王敏' } };
    expect(rowAfter({ ...row, waitingSince: 90 }, item).waitingSince).toBe(90);
    expect(rowAfter({ ...row, waitingSince: 90 }, own)).toMatchObject({
      waitingSince: null,
      unread: 0,
      preview: { from: 'agent' },
    });
  });

  it('P-0110 counts what is withheld and shows nothing of it', () => {
    const item: AgentItem = { ...message, text: '', withheld: 'withdrawn', revision: 6, seq: 4, at: 200 };
    expect(rowAfter(row, item)).toEqual({
      revision: 6,
      seq: 4,
      lastAt: 200,
      unread: 1,
      waitingSince: 200,
      withheld: 'withdrawn',
    });
  });

  it('never shows a note in the list and never goes back', () => {
    const note: AgentItem = { ...message, kind: 'note', revision: 6, seq: null, at: 200 };
    expect(rowAfter(row, note)).toEqual({ revision: 6, lastAt: 200 });
    expect(rowAfter(row, { ...message, revision: 5, seq: 3, at: 300 })).toEqual({});
  });
});

describe('freshest', () => {
  const news = {
    ...row,
    seq: 4,
    revision: 6,
    unread: 1,
    lastAt: 200,
    preview: { from: 'visitor', text: '好的' },
  } as const;

  it('keeps what the line brought while the answer was on its way, and no more of it', () => {
    const read: ConversationSummary = { ...row, state: 'resolved', preview: { from: 'visitor', text: '旧' } };
    expect(freshest(news, read)).toEqual({ ...news, state: 'resolved' });
    expect(freshest(news, { ...read, revision: 7 })).toEqual({ ...read, revision: 7 });
    expect(freshest(undefined, read)).toBe(read);
  });

  it('P-0110 shows no text that the answer withholds', () => {
    const read: ConversationSummary = { ...row, withheld: 'withdrawn' };
    expect(freshest(news, read)).not.toHaveProperty('preview');
  });
});
