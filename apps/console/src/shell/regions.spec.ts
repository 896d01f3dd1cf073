import { describe, expect, it } from 'vitest';
import { nextRegion } from './regions.js';

describe('F6', () => {
  it('F-0303 goes from region to region, and past the last one to the browser', () => {
    expect([nextRegion(-1, 1, 3), nextRegion(0, 1, 3), nextRegion(2, 1, 3)]).toEqual([0, 1, undefined]);
    expect([nextRegion(-1, -1, 3), nextRegion(1, -1, 3), nextRegion(0, -1, 3)]).toEqual([2, 0, undefined]);
    expect(nextRegion(-1, 1, 0)).toBeUndefined();
  });
});
