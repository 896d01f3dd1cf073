import { describe, expect, it } from 'vitest';
import { allowed, compare, median, percentile, round } from '../../bench/statistics.mjs';

describe('median', () => {
  it('is the middle of an odd number of values, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two middle ones of an even number', () => {
    expect(median([10, 1, 4, 2])).toBe(3);
  });

  it('compares as numbers, not as text', () => {
    expect(median([1000, 9, 80])).toBe(80);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });

  it('leaves its argument as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('finds the value below which the share lies', () => {
    expect(percentile(hundred, 0.5)).toBe(51);
    expect(percentile(hundred, 0.99)).toBe(100);
  });

  it('of one value is that value', () => {
    expect(percentile([7.123], 0.99)).toBe(7.12);
  });

  it('of nothing is 0', () => {
    expect(percentile([], 0.99)).toBe(0);
  });
});

describe('round', () => {
  it('keeps as many decimals as asked', () => {
    expect(round(0.61249, 3)).toBe(0.612);
    expect(round(2.5, 0)).toBe(3);
  });
});

describe('compare', () => {
  it('divides the medians, and shows the spread of the pairs', () => {
    const pairs = [
      { limit: 100, product: 70 },
      { limit: 200, product: 100 },
      { limit: 120, product: 96 },
    ];
    expect(compare(pairs)).toEqual({ limitPerSec: 120, perSec: 96, ratio: 0.8, ratioMin: 0.5, ratioMax: 0.8 });
  });
});

describe('what a figure may be at a million messages', () => {
  it('is ten milliseconds more than a small one, half as much again as a large one', () => {
    expect([allowed(5), allowed(20), allowed(40)]).toEqual([15, 30, 60]);
  });
});
