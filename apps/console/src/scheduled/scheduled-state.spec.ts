import { describe, expect, it } from 'vitest';
import { nextLook, withText } from './scheduled-state.js';

describe('scheduled replies on the screen', () => {
  it('F-0304 are looked at again a moment after the next one is due, and never where nothing waits', () => {
    const waiting = (dueAt: number) => ({ dueAt, refused: null });
    expect(nextLook([], 0)).toBe(false);
    expect(nextLook([{ dueAt: 5_000, refused: 'customer-wrote' }], 0)).toBe(false);
    expect(nextLook([waiting(20_000), waiting(10_000)], 0)).toBe(11_500);
    expect(nextLook([waiting(10_000)], 50_000)).toBe(1_500);
    expect(nextLook([waiting(9_000_000)], 0)).toBe(60_000);
  });

  it('F-0304 come back into the box without taking away what stands there', () => {
    expect(withText(' ', 'later')).toBe('later');
    expect(withText('begun', 'later')).toBe('later\nbegun');
  });
});
