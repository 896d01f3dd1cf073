import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gathered } from './gathered.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('F-0303 the first sign acts at once, a crowd of them once more, and the last is not lost', () => {
  const act = vi.fn();
  const { sign, stop } = gathered(act, 500);
  sign();
  expect(act).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 100; at += 1) sign();
  vi.advanceTimersByTime(499);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5_000);
  expect(act).toHaveBeenCalledTimes(2);
  sign();
  sign();
  stop();
  vi.advanceTimersByTime(5_000);
  expect(act).toHaveBeenCalledTimes(3);
});
