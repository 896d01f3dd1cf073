import { expect, it } from 'vitest';
import { pick, type Seat } from './pick.js';

const seat = (memberId: string, open: number, givenAt: number, capacity = 4): Seat => ({
  ...{ memberId, open, givenAt, capacity },
});

it('C8 nobody beyond their capacity, and nobody at all where all are full', () => {
  expect(pick([seat('a', 4, 0), seat('b', 5, 0)], 'round-robin')).toBeUndefined();
  expect(pick([seat('a', 1, 0, 1), seat('b', 3, 9)], 'least-busy')?.memberId).toBe('b');
  expect(pick([], 'least-busy')).toBeUndefined();
});

it('by turns: who was given something longest ago, however busy', () => {
  expect(pick([seat('a', 0, 7), seat('b', 3, 5), seat('c', 1, 6)], 'round-robin')?.memberId).toBe('b');
});

it('least busy: the fewest open, of equals who was given something longest ago, then by id', () => {
  expect(pick([seat('a', 2, 1), seat('b', 1, 9), seat('c', 1, 8)], 'least-busy')?.memberId).toBe('c');
  expect(pick([seat('b', 1, 3), seat('a', 1, 3)], 'least-busy')?.memberId).toBe('a');
});
