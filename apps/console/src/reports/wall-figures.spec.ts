import type { ColleagueAvailability } from '@libs/contracts';
import { expect, it } from 'vitest';
import { attendanceOf, byWait, toneSince } from './wall-figures.js';

const someone = (availability: ColleagueAvailability['availability'], open: number): ColleagueAvailability => ({
  ...{ id: '1', name: '周宁', availability, open, capacity: 2 },
});

it('F-0303 a screen on a wall counts colleagues and names nobody', () => {
  const counts = attendanceOf([someone('online', 2), someone('online', 1), someone('busy', 2), someone('offline', 0)]);
  expect(counts).toEqual({ online: 2, busy: 1, offline: 1, full: 1 });
  expect(JSON.stringify(counts)).not.toContain('周宁');
  expect(attendanceOf([])).toEqual({ online: 0, busy: 0, offline: 0, full: 0 });
});

it('F-0303 the longest wait of all queues stands first, and looks as long as it is', () => {
  const queue = (inboxId: string, waitingSince: number | null) => ({
    inboxId,
    name: inboxId,
    waiting: 1,
    waitingSince,
  });
  const queues = [queue('none', null), queue('late', 900), queue('none too', null), queue('early', 100)];
  expect(byWait(queues).map(({ inboxId }) => inboxId)).toEqual(['early', 'late', 'none', 'none too']);
  const now = 1_800_000_000_000;
  const ago = (minutes: number) => now - minutes * 60_000;
  expect([null, ago(9.9), ago(10), ago(1440)].map((since) => toneSince(since, now))).toEqual([
    'calm',
    'calm',
    'long',
    'overdue',
  ]);
});
