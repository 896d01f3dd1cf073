import type { Me } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { type Standing, standingAfter, wayBack } from './standing.js';

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
    expect(wayBack(mine, 'take')).toBeUndefined();
  });
});
