import { describe, expect, it } from 'vitest';
import { PlaceByLoad } from './commit-place.js';

describe('where rows are committed', () => {
  const lastOf = (place: PlaceByLoad, times: number, rows: number): boolean =>
    Array.from({ length: times }, () => place.onThread(rows)).at(-1)!;

  it('few rows at a time here, many on the thread, and back when they are few again', () => {
    const place = new PlaceByLoad();
    expect(lastOf(place, 100, 10)).toBe(false);
    expect(lastOf(place, 50, 200)).toBe(true);
    expect(lastOf(place, 50, 10)).toBe(false);
  });

  it('one burst changes nothing, and between the bounds it stays where it is', () => {
    const place = new PlaceByLoad();
    lastOf(place, 100, 10);
    expect(place.onThread(500)).toBe(false);
    expect(lastOf(place, 100, 80)).toBe(false);
    lastOf(place, 50, 200);
    expect(lastOf(place, 100, 80)).toBe(true);
  });
});
