import type { Tx } from '@libs/database';
import { describe, expect, it } from 'vitest';
import { JournalTail, TAIL_CAPACITY, type TailRow } from './journal-tail.js';

/** A transaction that answers the highest id of the journal, then the furthest cursor. */
const txWith = (highestId: number, cursor: number): Tx => {
  const answers = [highestId, cursor];
  return { all: async () => [{ highest: answers.shift()! }] } as unknown as Tx;
};
const begun = async (highestId = 0, cursor = 0): Promise<JournalTail> => {
  const tail = new JournalTail();
  await tail.begin(txWith(highestId, cursor));
  return tail;
};
const row = (id: number): TailRow => ({
  ...{ id, tenantId: 't', kind: 'k', subjectId: null, resource: `r:${id}`, detail: null, at: id },
});
/** Takes ids for `count` rows; they are committed, or their transaction fails. */
const write = (tail: JournalTail, count: number, committed = true): void => {
  const first = tail.take(count);
  if (committed) tail.append(Array.from({ length: count }, (_, at) => row(first + at)));
};
const ids = (rows: readonly TailRow[] | undefined): number[] | undefined => rows?.map(({ id }) => id);

describe('the end of the journal in memory', () => {
  it('knows nothing before the first commit, and then what came after the start', async () => {
    const tail = await begun(41);
    expect(tail.end).toBeUndefined();
    expect(tail.between(41, 41)).toBeUndefined();
    write(tail, 3);
    expect(tail.end).toBe(44);
    expect(ids(tail.between(41, 44))).toEqual([42, 43, 44]);
    expect(ids(tail.between(42, 43))).toEqual([43]);
    expect(ids(tail.between(44, 44))).toEqual([]);
    expect(tail.between(40, 44)).toBeUndefined();
    expect(tail.between(41, 45)).toBeUndefined();
  });

  it('ids go on behind the furthest cursor, also where the rows it passed are gone', async () => {
    expect((await begun(3, 90)).take(1)).toBe(91);
    expect((await begun(90, 3)).take(1)).toBe(91);
  });

  it('a transaction whose outcome is not known sends every reader of that time back to the database', async () => {
    const tail = await begun();
    write(tail, 5);
    write(tail, 2, false);
    expect(tail.end).toBe(5);
    write(tail, 1);
    expect(tail.end).toBe(8);
    expect(tail.between(5, 8)).toBeUndefined();
    expect(ids(tail.between(7, 8))).toEqual([8]);
    write(tail, 2);
    expect(ids(tail.between(7, 10))).toEqual([8, 9, 10]);
  });

  it('keeps so many rows and no more; older ones are read from the database', async () => {
    const tail = await begun();
    const total = TAIL_CAPACITY * 2 + 7;
    for (let written = 0; written < total; written += 7) write(tail, Math.min(7, total - written));
    expect(tail.end).toBe(total);
    const oldest = total - TAIL_CAPACITY;
    expect(tail.between(oldest - 1, total)).toBeUndefined();
    const all = ids(tail.between(oldest, total))!;
    expect(all).toHaveLength(TAIL_CAPACITY);
    expect(all[0]).toBe(oldest + 1);
    expect(all.every((id, at) => id === oldest + 1 + at)).toBe(true);
  });
});
