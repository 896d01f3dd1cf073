import type { InboxRouting } from '@libs/contracts';
import { expect, it } from 'vitest';
import type { Seat } from './pick.js';
import { Room, teamsOf } from './routing-plan.js';
import type { Waiting } from './routing-queue.js';

const waiting = (id: string, teamId: string | null = null): Waiting => ({
  ...{ id, subjectId: 's', inboxId: 'i', teamId, queuedAt: 1000 },
});
const routing: InboxRouting = {
  ...{ version: 1, mode: 'least-busy', teamId: 'first', overflowTeamId: 'second', overflowAfterSeconds: 30 },
  ...{ showPlace: true, hoursId: null, outsideHours: 'hold' },
};
const seat = (memberId: string, open: number): Seat => ({ memberId, open, capacity: 2, givenAt: 0 });

it('F-0303 the second team joins when the time is there, not before; a team named by hand comes first', () => {
  expect(teamsOf(waiting('c'), routing, 30_999)).toEqual(['first']);
  expect(teamsOf(waiting('c'), routing, 31_000)).toEqual(['first', 'second']);
  expect(teamsOf(waiting('c', 'third'), routing, 31_000)).toEqual(['third', 'second']);
  expect(teamsOf(waiting('c'), { ...routing, teamId: null }, 99_000)).toEqual([null]);
});

it('F-0303 a team that was set aside or has no members has no queue: the next one has it, at last everybody', () => {
  const queues = (...able: string[]) => [waiting('c'), routing, 1000, (id: string) => able.includes(id)] as const;
  expect(teamsOf(...queues('first', 'second'))).toEqual(['first']);
  expect(teamsOf(...queues('second'))).toEqual(['second']);
  expect(teamsOf(...queues())).toEqual([null]);
  expect(teamsOf(waiting('c', 'third'), routing, 1000, (id) => id === 'first')).toEqual(['first']);
  expect(teamsOf(waiting('c', 'third'), routing, 99_000, (id) => id === 'second')).toEqual(['second']);
  expect(teamsOf(waiting('c'), { ...routing, teamId: null }, 99_000, () => false)).toEqual([null]);
});

it('C8 proposals fill seats as the transaction will: none for whom there is no room, whoever waits before', () => {
  const room = new Room([seat('a', 0), seat('b', 1)]);
  const all = [new Set(['a', 'b'])];
  const proposed = ['1', '2', '3', '4'].map((id) => room.propose(waiting(id), 'least-busy', all, null));
  expect(proposed.map((one) => one?.waiting.id)).toEqual(['1', '2', '3', undefined]);
  expect(room.isLeft).toBe(false);
});

it('F-0303 a former agent is asked beside the queue where there is room, and left out where they are away', () => {
  const room = new Room([seat('a', 0), seat('b', 2)]);
  const team = [new Set(['b'])];
  expect(room.propose(waiting('1'), 'round-robin', team, 'a')).toMatchObject({ candidates: ['b'], former: 'a' });
  expect(room.propose(waiting('2'), 'round-robin', team, 'gone')).toBeUndefined();
});
