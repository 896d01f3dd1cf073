import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Answers, outcomeUnknown } from './answers.js';

const connection = (threadId: number) => ({ threadId, destroy: vi.fn(), release: vi.fn() });
const never = new Promise<never>(() => undefined);
const codeOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  );

describe('answers of a MariaDB to whoever writes', () => {
  let busy: Set<number>;
  let answers: Answers;
  beforeEach(() => {
    vi.useFakeTimers();
    busy = new Set([1, 2]);
    answers = new Answers(async (ids) => new Set(ids.filter((id) => busy.has(id))));
  });
  afterEach(() => {
    answers.close();
    vi.useRealTimers();
  });

  it('the first is refused after 8 s, everybody else at once, until what is owed has been answered', async () => {
    const stuck = connection(1);
    let answer: (rows: string) => void = () => undefined;
    const first = codeOf(answers.of(stuck, new Promise((resolve) => (answer = resolve))));
    const queued = codeOf(answers.connection(never));
    await vi.advanceTimersByTimeAsync(7_900);
    answers.assert();
    await vi.advanceTimersByTimeAsync(200);
    expect(await Promise.all([first, queued])).toEqual(['database.stalled', 'database.stalled']);
    expect(() => answers.assert()).toThrow('does not answer');
    expect(await codeOf(answers.connection(Promise.resolve(connection(2))))).toBe('database.stalled');
    await answers.rollback(stuck, () => never);
    expect(stuck.release).not.toHaveBeenCalled();
    answer('late');
    await vi.advanceTimersByTimeAsync(0);
    answers.assert();
    // Whatever it was in the middle of ends with it.
    expect(stuck.destroy).toHaveBeenCalledOnce();
  });

  it('a commit without an answer has an outcome that nobody knows', async () => {
    const told = codeOf(answers.of(connection(1), never, outcomeUnknown));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await told).toBe('database.outcome-unknown');
  });

  it('a thread that has ended owes nothing, though its answer never came', async () => {
    const lost = connection(1);
    const told = codeOf(answers.of(lost, never));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await told).toBe('database.stalled');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(answers.owes(lost)).toBe(true);
    busy.clear();
    await vi.advanceTimersByTimeAsync(2_000);
    expect([answers.owes(lost), lost.destroy.mock.calls.length]).toEqual([false, 1]);
  });

  it('a rollback that does not end is not waited for', async () => {
    const slow = connection(1);
    const done = answers.rollback(slow, () => never);
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
    expect([slow.destroy.mock.calls.length, slow.release.mock.calls.length]).toEqual([1, 0]);
  });
});
