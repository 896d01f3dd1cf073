import type { ConversationSummary } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { unreadOf } from './unread-of.js';

const row = (state: ConversationSummary['state']) => ({ id: 'a', seq: 9, unread: 3, state }) as ConversationSummary;

describe('what waits unread in a row', () => {
  it('F-0301 is what was not read, but for what is resolved', () => {
    expect((['queued', 'open', 'snoozed', 'resolved'] as const).map((state) => unreadOf(row(state)))).toEqual([
      ...[3, 3, 3, 0],
    ]);
  });
});
