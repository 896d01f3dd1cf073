import { describe, expect, it } from 'vitest';
import { fieldTime, snoozeTimes } from './snooze-times.js';

const at = (text: string): number => new Date(text).getTime();
const said = (now: string) => snoozeTimes(at(now)).map(({ name, at: time }) => [name, fieldTime(time)]);

describe('times to put a conversation off to', () => {
  it('F-0303 later today, tomorrow and Monday at nine', () => {
    expect(said('2026-03-18T10:20')).toEqual([
      ['later', '2026-03-18T13:20'],
      ['tomorrow', '2026-03-19T09:00'],
      ['monday', '2026-03-23T09:00'],
    ]);
  });

  it('offers nothing under a name that is not true: late in the evening, on Sunday and on Monday', () => {
    expect(said('2026-03-18T22:30')[0]).toEqual(['later', '2026-03-18T23:30']);
    expect(said('2026-03-18T23:30').map(([name]) => name)).toEqual(['tomorrow', 'monday']);
    expect(said('2026-03-22T10:00').map(([name]) => name)).toEqual(['later', 'tomorrow']);
    expect(said('2026-03-23T10:00').at(-1)).toEqual(['monday', '2026-03-30T09:00']);
    expect(said('2026-12-31T10:00')[1]).toEqual(['tomorrow', '2027-01-01T09:00']);
  });
});
