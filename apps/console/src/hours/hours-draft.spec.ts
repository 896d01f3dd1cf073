import { describe, expect, it } from 'vitest';
import {
  asOnMonday,
  endTime,
  newHours,
  nextPeriod,
  shownTime,
  withDays,
  withoutDay,
  withWeekday,
} from './hours-draft.js';

describe('editing business hours', () => {
  it('F-1401 begins with five working days, and Monday can be copied to the others', () => {
    const early = [{ from: '08:00', to: '12:00' }];
    const draft = asOnMonday(withWeekday(newHours(), 0, early));
    expect(draft.week.map(({ periods }) => periods)).toEqual([early, early, early, early, early, [], []]);
  });

  it('F-1401 of two for one date the added one counts; days stay in order', () => {
    const day = (date: string, name: string) => ({ date, name, periods: [] });
    const draft = withDays(withDays(newHours(), [day('2026-10-02', 'b'), day('2026-10-01', 'a')]), [
      day('2026-10-02', 'c'),
    ]);
    expect(draft.days.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(withoutDay(draft, '2026-10-01').days.map(({ name }) => name)).toEqual(['c']);
  });

  it('F-1401 a further period begins after the last one; midnight as an end is the end of the day', () => {
    expect(nextPeriod([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '24:00' });
    expect([endTime('00:00'), shownTime('24:00'), endTime('18:00')]).toEqual(['24:00', '00:00', '18:00']);
  });
});
