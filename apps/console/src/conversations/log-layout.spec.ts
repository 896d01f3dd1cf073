import type { AgentItem } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { firstUnread, layOutLog } from './log-layout.js';

const start = new Date(2026, 2, 18, 10, 0).getTime();

function said(
  revision: number,
  minute: number,
  who: 'visitor' | 'agent',
  kind: 'message' | 'note' = 'message',
): AgentItem {
  const author = { kind: who, id: who === 'agent' ? 'm1' : null, name: null };
  const at = start + minute * 60_000;
  return {
    conversationId: 'c',
    revision,
    seq: kind === 'note' ? null : revision,
    at,
    author,
    kind,
    text: 't',
    sender: 's',
    number: revision,
  };
}
const shape = (items: readonly AgentItem[], unreadFrom: number | null = null) =>
  layOutLog(items, unreadFrom).map((block) =>
    block.type === 'group' ? `${block.side}${block.items.length}` : block.type,
  );

describe('layOutLog', () => {
  it('groups one sender within five minutes', () => {
    expect(shape([said(1, 0, 'visitor'), said(2, 4, 'visitor'), said(3, 10, 'visitor')])).toEqual([
      'day',
      'visitor2',
      'visitor1',
    ]);
  });

  it('keeps notes apart from replies of the same person', () => {
    expect(shape([said(1, 0, 'agent'), said(2, 1, 'agent', 'note'), said(3, 2, 'agent')])).toEqual([
      'day',
      'own1',
      'note1',
      'own1',
    ]);
  });

  it('breaks groups at days, activities and the unread line', () => {
    const taken: AgentItem = { ...said(2, 1, 'agent'), kind: 'taken' } as AgentItem;
    const items = [
      said(1, 0, 'visitor'),
      taken,
      said(3, 2, 'visitor'),
      said(4, 3, 'visitor'),
      said(5, 24 * 60, 'visitor'),
    ];
    expect(shape(items, 4)).toEqual([
      'day',
      'visitor1',
      'activity',
      'visitor1',
      'unread',
      'visitor1',
      'day',
      'visitor1',
    ]);
  });

  it('finds where the news begins', () => {
    const items = [said(1, 0, 'visitor'), said(2, 1, 'agent'), said(3, 2, 'visitor'), said(4, 3, 'visitor')];
    expect(firstUnread(items, 0)).toBeNull();
    expect(firstUnread(items, 2)).toBe(3);
    expect(firstUnread(items, 99)).toBe(1);
  });
});
