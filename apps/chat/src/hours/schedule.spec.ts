import type { HoursPeriod, HoursWeekday, SpecialDay } from '@libs/contracts';
import { describe, expect, it, vi } from 'vitest';
import { isOpen, nextChange, outlook, scheduleOf } from './schedule.js';
import { isTimeZone } from './zone.js';

const DAY = [{ from: '09:00', to: '18:00' }];
const week = (periods: readonly HoursPeriod[], weekend: readonly HoursPeriod[] = []): readonly HoursWeekday[] => [
  ...Array.from({ length: 5 }, () => ({ periods })),
  ...[{ periods: weekend }, { periods: weekend }],
];
const shanghai = (days: readonly SpecialDay[] = []) => scheduleOf({ timeZone: 'Asia/Shanghai', week: week(DAY), days });
const at = (text: string) => Date.parse(text);
const said = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());

describe('business hours', () => {
  it('F-1401 open from the first minute to the last, on the clock of the zone', () => {
    const hours = shanghai();
    expect(isOpen(hours, at('2026-03-16T08:59:59+08:00'))).toBe(false);
    expect(isOpen(hours, at('2026-03-16T09:00:00+08:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-16T17:59:59+08:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-16T18:00:00+08:00'))).toBe(false);
    // Sunday evening in London is Monday morning in Shanghai.
    expect(isOpen(hours, at('2026-03-16T01:30:00Z'))).toBe(true);
  });

  it('F-1401 on Friday evening it opens on Monday at nine, after a holiday on the day after', () => {
    const friday = at('2026-03-20T19:00:00+08:00');
    expect(said(nextChange(shanghai(), friday))).toBe('2026-03-23T01:00:00.000Z');
    const monday = [{ date: '2026-03-23', name: '假日', periods: [] }];
    expect(said(nextChange(shanghai(monday), friday))).toBe('2026-03-24T01:00:00.000Z');
  });

  it('F-1401 a day worked in exchange counts, though it is a Sunday and a holiday as well', () => {
    const worked = { date: '2026-10-04', name: '调休上班', periods: [{ from: '10:00', to: '12:00' }] };
    const holiday = { date: '2026-10-04', name: '国庆节', periods: [] };
    for (const days of [[worked, holiday], [holiday, worked], [worked]]) {
      const hours = shanghai(days);
      expect(isOpen(hours, at('2026-10-04T11:00:00+08:00'))).toBe(true);
      expect(isOpen(hours, at('2026-10-04T12:00:00+08:00'))).toBe(false);
      expect(isOpen(hours, at('2026-10-04T09:30:00+08:00'))).toBe(false);
    }
  });

  it('F-1401 a night over two days is one: nothing changes at midnight', () => {
    const night = [
      { from: '00:00', to: '06:00' },
      { from: '22:00', to: '24:00' },
    ];
    const hours = scheduleOf({ timeZone: 'Asia/Shanghai', week: week(night, night), days: [] });
    expect(isOpen(hours, at('2026-03-16T23:59:59+08:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-17T00:00:00+08:00'))).toBe(true);
    expect(said(nextChange(hours, at('2026-03-16T22:30:00+08:00')))).toBe('2026-03-16T22:00:00.000Z');
    const always = [{ from: '00:00', to: '24:00' }];
    const open = scheduleOf({ timeZone: 'Asia/Shanghai', week: week(always, always), days: [] });
    expect(nextChange(open, at('2026-03-16T12:00:00Z'))).toBeNull();
  });

  it('F-1401 clocks that are set forward: an hour that does not exist opens when the clock has passed it', () => {
    // Berlin, 2026-03-29: 02:00 becomes 03:00.
    const early = [{ from: '02:30', to: '05:00' }];
    const hours = scheduleOf({ timeZone: 'Europe/Berlin', week: week(early, early), days: [] });
    const before = at('2026-03-29T00:30:00Z');
    expect(isOpen(hours, before)).toBe(false);
    expect(said(nextChange(hours, before))).toBe('2026-03-29T01:00:00.000Z');
    expect(said(nextChange(hours, at('2026-03-29T01:30:00Z')))).toBe('2026-03-29T03:00:00.000Z');
    // Nine stays nine: an hour earlier in UTC than the day before.
    const day = scheduleOf({ timeZone: 'Europe/Berlin', week: week(DAY, DAY), days: [] });
    expect(said(nextChange(day, at('2026-03-28T20:00:00Z')))).toBe('2026-03-29T07:00:00.000Z');
  });

  it('F-1401 clocks that are set back: an hour that comes twice is open twice', () => {
    // Berlin, 2026-10-25: 03:00 becomes 02:00.
    const early = [{ from: '02:00', to: '02:30' }];
    const hours = scheduleOf({ timeZone: 'Europe/Berlin', week: week(early, early), days: [] });
    const { open, changes } = outlook(hours, at('2026-10-24T22:00:00Z'));
    expect(open).toBe(false);
    expect(changes.slice(0, 4).map(said)).toEqual([
      ...['2026-10-25T00:00:00.000Z', '2026-10-25T00:30:00.000Z'],
      ...['2026-10-25T01:00:00.000Z', '2026-10-25T01:30:00.000Z'],
    ]);
  });

  it('F-1401 half hours of zones, days before the epoch, and hours that never open', () => {
    const india = scheduleOf({ timeZone: 'Asia/Kolkata', week: week(DAY), days: [] });
    expect(said(nextChange(india, at('2026-03-16T00:00:00Z')))).toBe('2026-03-16T03:30:00.000Z');
    expect(isOpen(india, at('1969-12-31T05:00:00Z'))).toBe(true);
    expect(nextChange(scheduleOf({ timeZone: 'UTC', week: week([]), days: [] }), 0)).toBeNull();
  });

  it('P-1016 hours that never change, and ones that change in a year, are told without asking clocks day by day', () => {
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    const quarters = ['00:00', '06:00', '12:00', '18:00', '24:00'];
    const always = [0, 1, 2, 3].map((n) => ({ from: quarters[n]!, to: quarters[n + 1]! }));
    const now = at('2026-03-16T12:00:00Z');
    const told = (periods: readonly HoursPeriod[], days: readonly SpecialDay[]): readonly [number, unknown] => {
      asked.mockClear();
      const hours = scheduleOf({ timeZone: 'Europe/Berlin', week: week(periods, periods), days });
      const { open, changes } = outlook(hours, now);
      return [asked.mock.calls.length, { open, changes: changes.map(said) }];
    };
    const same = { date: '2026-05-01', name: '', periods: [{ from: '00:00', to: '24:00' }] };
    const past = { date: '2026-03-01', name: '', periods: [] };
    for (const [periods, days, open] of [
      [always, [], true],
      [always, [same, past], true],
      [[], [], false],
    ] as const) {
      const [calls, outcome] = told(periods, days);
      expect(outcome).toEqual({ open, changes: [] });
      expect(calls).toBeLessThan(20);
    }
    const late = { date: '2027-03-01', name: '', periods: [] };
    const [calls, outcome] = told(always, [late]);
    expect(outcome).toEqual({ open: true, changes: ['2027-02-28T23:00:00.000Z', '2027-03-01T23:00:00.000Z'] });
    expect(calls).toBeLessThan(100);
    asked.mockRestore();
  });

  it('F-1401 names of zones are of the IANA list', () => {
    for (const name of ['Asia/Shanghai', 'UTC', 'America/Argentina/Ushuaia', 'Etc/GMT+8']) {
      expect([name, isTimeZone(name)]).toEqual([name, true]);
    }
    for (const name of ['+08:00', 'GMT+8', 'Mars/Olympus', '', 'Asia/', 'Asia/Shanghai; DROP', `A${'a'.repeat(80)}`]) {
      expect([name, isTimeZone(name)]).toEqual([name, false]);
    }
  });
});
