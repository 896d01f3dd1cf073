import { describe, expect, it } from 'vitest';
import { joinRanges, placeOf } from './read-range.js';

describe('ranges of reads', () => {
  it('P-1010 pages of one conversation that touch are one range', () => {
    expect(joinRanges('conversation:x 1-4', 'conversation:x 5-9')).toBe('conversation:x 1-9');
    expect(joinRanges('conversation:x 5-9', 'conversation:x 1-4')).toBe('conversation:x 1-9');
    expect(joinRanges('conversation:x 1-9', 'conversation:x 3-4')).toBe('conversation:x 1-9');
    expect(joinRanges('contacts 25', 'contacts 25')).toBe('contacts 25');
  });

  it('P-1010 what was not read is not claimed', () => {
    expect(joinRanges('conversation:x 1-4', 'conversation:x 6-9')).toBeUndefined();
    expect(joinRanges('conversation:x 1-4', 'conversation:y 5-9')).toBeUndefined();
    expect(joinRanges('contacts 25', 'contacts 26')).toBeUndefined();
    expect(placeOf('conversation:x 1-4')).toBe('conversation:x');
    expect(placeOf('contact:x')).toBe('contact:x');
  });
});
