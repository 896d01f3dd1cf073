import type { AgentItem, Me } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { isAnswered, type Standing, standingAfter, undoableOf, wayBack } from './standing.js';

const me = { memberId: 'me', displayName: 'Wang Min' } as Me;
const mine: Standing = { state: 'open', snoozedUntil: null, assigneeId: 'me', assigneeName: 'Wang Min' };
const asleep: Standing = { ...mine, state: 'snoozed', snoozedUntil: 5_000 };

describe('acts on a conversation and their way back', () => {
  it('F-0303 a row shows at once what the act makes of it', () => {
    expect(standingAfter(asleep, 'resolve', me, 0)).toEqual({ state: 'resolved', snoozedUntil: null });
    expect(standingAfter(asleep, 'wake', me, 0)).toEqual({ state: 'open', snoozedUntil: null });
    expect(standingAfter({ ...asleep, assigneeId: null }, 'wake', me, 0).state).toBe('queued');
    expect(standingAfter(mine, { snooze: { inMs: 100 } }, me, 1)).toEqual({ state: 'snoozed', snoozedUntil: 101 });
    expect(standingAfter(mine, { snooze: { until: 7 } }, me, 1)).toEqual({ state: 'snoozed', snoozedUntil: 7 });
  });

  it('F-0303 what is undone stands as it stood, put off until the same time', () => {
    const again = { snooze: { until: 5_000 } };
    expect(wayBack(mine, 'resolve')).toEqual(['reopen']);
    expect(wayBack(asleep, 'resolve')).toEqual(['reopen', again]);
    expect(wayBack(mine, { snooze: { inMs: 1 } })).toEqual(['wake']);
    expect(wayBack(asleep, { snooze: { inMs: 1 } })).toEqual([again]);
    expect(wayBack(asleep, 'wake')).toEqual([again]);
    expect(wayBack({ ...mine, state: 'resolved' }, 'reopen')).toEqual(['resolve']);
    expect(wayBack({ ...mine, state: 'queued', assigneeId: null }, 'take')).toEqual(['release']);
    expect(wayBack({ ...asleep, assigneeId: null }, 'take')).toBeUndefined();
  });

  it('F-0303 a take is undone only while nothing was answered', () => {
    const before = { seq: 1, preview: { from: 'visitor', text: 'a' } } as const;
    expect(isAnswered(before, { seq: 2, preview: { from: 'visitor', text: 'b' } })).toBe(false);
    expect(isAnswered(before, { seq: 2, preview: { from: 'agent', text: 'b' } })).toBe(true);
    expect(
      isAnswered({ seq: 1, preview: { from: 'agent', text: 'a' } }, { seq: 1, preview: { from: 'agent', text: 'a' } }),
    ).toBe(false);
    expect(isAnswered(before, undefined)).toBe(false);
  });

  it('F-0303 the history offers the way back of the last act, to whoever did it, while it stands', () => {
    const item = (kind: string, revision: number, more: object = {}) =>
      ({ kind, revision, author: { kind: 'agent', id: 'me', name: null }, ...more }) as AgentItem;
    const resolved = { ...mine, state: 'resolved' } as const;
    const log = [item('taken', 2), item('resolved', 3), item('note', 4)];
    expect(undoableOf(log, resolved, 'me')).toEqual({ revision: 3, wish: 'reopen' });
    expect(undoableOf(log, mine, 'me')).toBeUndefined();
    const taken = [
      item('taken', 2),
      item('note', 3),
      { ...item('message', 4), author: { kind: 'visitor' } } as AgentItem,
    ];
    expect(undoableOf(taken, mine, 'me')).toEqual({ revision: 2, wish: 'release' });
    expect(undoableOf([...taken, item('message', 5)], mine, 'me')).toBeUndefined();
    expect(undoableOf(log, resolved, 'another')).toBeUndefined();
    expect(undoableOf([item('snoozed', 3, { until: 9 })], asleep, 'me')?.wish).toBe('wake');
    const queued = { ...mine, state: 'queued', assigneeId: null } as const;
    const given = (id: string) => [item('released', 3, { member: { id, name: null } })];
    expect(undoableOf(given('me'), queued, 'me')?.wish).toBe('take');
    expect(undoableOf(given('another'), queued, 'me')).toBeUndefined();
  });
});
