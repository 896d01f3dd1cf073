import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { within } from './within.js';

const never = new Promise<string>(() => {});

describe('work that may take so long and no longer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('has its own outcome, and leaves no timer', async () => {
    expect(await within(100, Promise.resolve('done'), () => 'late')).toBe('done');
    await expect(within(100, Promise.reject(new Error('no')), () => 'late')).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has another one when it is late, be it an error', async () => {
    const answered = within(100, never, () => 'late');
    const refused = within(100, never, () => {
      throw new Error('too slow');
    });
    const both = Promise.allSettled([answered, refused]);
    await vi.advanceTimersByTimeAsync(99);
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await both).toMatchObject([{ value: 'late' }, { reason: { message: 'too slow' } }]);
  });

  it('ends well where the work fails after that', async () => {
    const failing = new Promise<string>((_resolve, reject) => setTimeout(() => reject(new Error('at last')), 200));
    const answered = within(100, failing, () => 'late');
    await vi.advanceTimersByTimeAsync(300);
    expect(await answered).toBe('late');
  });
});
