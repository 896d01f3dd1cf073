import { describe, expect, it } from 'vitest';
import * as audit from '../index.js';
import { assertLogMonths, logFloor, monthOf } from './log-floor.js';

describe('floor of the network log', () => {
  it('P-0803 a tenant cannot shorten it: 3 months are refused with 422, 6 and more are taken', () => {
    for (const months of [3, 5, 0, -6, 5.9, Number.NaN]) {
      expect(() => assertLogMonths(months)).toThrow(
        expect.objectContaining({ status: 422, code: 'audit.floor-shortened' }),
      );
    }
    for (const months of [6, 7, 36]) assertLogMonths(months);
  });

  it('P-0803 six calendar months are counted from the last day of the month, over the year and in UTC', () => {
    expect(logFloor('2026-11', null).until).toBe(Date.UTC(2027, 5, 1));
    expect(logFloor('2026-06', null).until).toBe(Date.UTC(2027, 0, 1));
    expect(logFloor('2026-06', Date.UTC(2026, 0, 1)).until).toBe(Date.UTC(2027, 0, 1));
    expect(monthOf(Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe('2026-12');
  });

  it('P-0803 the library offers no way to delete or change a row but the purge of a month and the cut of a link', () => {
    const verbs = (type: { prototype: object }) =>
      Object.getOwnPropertyNames(type.prototype).filter((name) => /delete|remove|update|purge|erase/i.test(name));
    expect(verbs(audit.NetworkLog)).toEqual([]);
    expect(verbs(audit.NetworkLogRetention).sort()).toEqual(['deletePage', 'erase', 'purgeMonth']);
  });
});
