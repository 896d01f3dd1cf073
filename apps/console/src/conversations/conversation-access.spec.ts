import type { ConversationSummary } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { ClosedConversations } from './conversation-access.js';

const row = { id: 'c', unread: 2, preview: { from: 'visitor', text: '好的' } } as ConversationSummary;

describe('ClosedConversations', () => {
  it('takes the preview out of rows of what the line closed, until it says otherwise', () => {
    const closed = new ClosedConversations();
    expect(closed.row(row)).toEqual(row);
    closed.hear({ conversationId: 'c', withheld: 'withdrawn' });
    expect(closed.row(row)).toEqual({ id: 'c', unread: 2, withheld: 'withdrawn' });
    expect(closed.row({ ...row, id: 'd' })).toMatchObject({ preview: { text: '好的' } });
    closed.hear({ conversationId: 'c', withheld: null });
    expect(closed.row(row)).toEqual(row);
  });

  it('believes the answers alone once the line is gone', () => {
    const closed = new ClosedConversations();
    closed.hear({ conversationId: 'c', withheld: 'withdrawn' });
    closed.forget();
    expect(closed.row(row)).toEqual(row);
    expect(closed.row({ ...row, withheld: 'superseded' })).toEqual({ id: 'c', unread: 2, withheld: 'superseded' });
  });
});
