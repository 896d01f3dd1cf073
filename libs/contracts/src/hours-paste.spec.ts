import { describe, expect, it } from 'vitest';
import { pastedDays } from './hours-paste.js';

const USUAL = [{ from: '09:00', to: '18:00' }];

describe('a pasted list of days', () => {
  it('F-1401 dates, ranges and days worked in exchange, as authorities publish them', () => {
    const text =
      '2026年10月1日至10月2日 不认识\n2026-10-01 ~ 2026-10-03 国庆节\n2026/10/10\t上班 9:30-12:00\n2026-2-14 补班';
    const { days, faults } = pastedDays(text, USUAL);
    expect(days).toEqual([
      { date: '2026-02-14', name: '补班', periods: USUAL },
      { date: '2026-10-01', name: '国庆节', periods: [] },
      { date: '2026-10-02', name: '国庆节', periods: [] },
      { date: '2026-10-03', name: '国庆节', periods: [] },
      { date: '2026-10-10', name: '上班', periods: [{ from: '09:30', to: '12:00' }] },
    ]);
    expect(faults).toEqual([]);
  });

  it('F-1401 what cannot be understood is named by its line, and the rest is kept', () => {
    const { days, faults } = pastedDays(
      '2026-02-30 nothing\n\nChristmas\n2026-12-25 Christmas\n2026-12-31 - 2026-01-01',
      USUAL,
    );
    expect(days).toEqual([{ date: '2026-12-25', name: 'Christmas', periods: [] }]);
    expect(faults).toEqual([1, 3, 5]);
  });
});
