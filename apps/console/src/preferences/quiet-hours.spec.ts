import { DEFAULT_PREFERENCES } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { turned } from './notification-choice.js';
import { clockOf, isQuiet, minuteFrom, minuteOf } from './quiet-hours.js';

describe('quiet hours', () => {
  it.each([
    [{ from: 1320, to: 420 }, 1320, true],
    [{ from: 1320, to: 420 }, 0, true],
    [{ from: 1320, to: 420 }, 419, true],
    [{ from: 1320, to: 420 }, 420, false],
    [{ from: 720, to: 780 }, 750, true],
    [{ from: 720, to: 780 }, 780, false],
    [null, 0, false],
  ])('%j at minute %i: %s', (hours, minute, quiet) => {
    expect(isQuiet(hours, minute)).toBe(quiet);
  });

  it('are written as a clock is', () => {
    expect([clockOf(425), minuteFrom('07:05'), minuteFrom('24:00'), minuteFrom('')]).toEqual([
      '07:05',
      425,
      undefined,
      undefined,
    ]);
    expect(minuteOf(new Date(2026, 2, 18, 22, 5))).toBe(1325);
  });
});

describe('what a member is told of', () => {
  it('is turned one way of one kind at a time', () => {
    const off = turned(DEFAULT_PREFERENCES.notify, 'mention', 'sound');
    expect(off.mention).toEqual(['centre', 'desktop']);
    expect(turned(off, 'mention', 'sound')).toEqual(DEFAULT_PREFERENCES.notify);
  });
});
