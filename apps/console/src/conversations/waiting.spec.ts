import { describe, expect, it } from 'vitest';
import { minutesWaited, toneOfWaiting } from './waiting.js';
import { en } from './words/en.js';
import { zhCn } from './words/zh-cn.js';

const NOW = 1_800_000_000_000;
const ago = (minutes: number) => NOW - minutes * 60_000;

describe('the waiting time', () => {
  it('F-0301 counts whole minutes of those who wait for an answer', () => {
    const waited = (state: 'queued' | 'open' | 'snoozed' | 'resolved', waitingSince: number | null) =>
      minutesWaited({ state, waitingSince }, NOW);
    expect(waited('open', ago(8.9))).toBe(8);
    expect(waited('queued', ago(1))).toBe(1);
    expect(waited('open', ago(0.9))).toBeUndefined();
    expect(waited('open', null)).toBeUndefined();
    expect(waited('snoozed', ago(8))).toBeUndefined();
    expect(waited('resolved', ago(8))).toBeUndefined();
    // A server whose clock is ahead.
    expect(waited('open', ago(-5))).toBeUndefined();
  });

  it('F-0301 is said as long as it is, never longer', () => {
    const both = (minutes: number) => [zhCn.waited(minutes), en.waited(minutes)];
    expect(both(8)).toEqual(['已等8分钟', 'Waiting 8 min']);
    expect(both(119)).toEqual(['已等1小时', 'Waiting 1 h']);
    expect(both(1440)).toEqual(['已等1天', 'Waiting 1 day']);
    expect(both(5000)).toEqual(['已等3天', 'Waiting 3 days']);
  });

  it('F-0301 looks louder the longer it is: a day of it is not two minutes of it', () => {
    expect([1, 9, 10, 1439, 1440, 9000].map(toneOfWaiting)).toEqual([
      'calm',
      'calm',
      'long',
      'long',
      'overdue',
      'overdue',
    ]);
  });
});
