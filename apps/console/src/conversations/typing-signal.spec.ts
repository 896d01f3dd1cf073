import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TypingSignal } from './typing-signal.js';

describe('TypingSignal', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('speaks at most every three seconds and ends after a pause', () => {
    const said: boolean[] = [];
    const signal = new TypingSignal((typing) => said.push(typing));
    for (let key = 0; key < 8; key += 1) {
      signal.typed(true);
      vi.advanceTimersByTime(500);
    }
    expect(said).toEqual([true, true]);
    vi.advanceTimersByTime(5_000);
    expect(said).toEqual([true, true, false]);
  });

  it('ends at once when the text is sent or emptied, and only once', () => {
    const said: boolean[] = [];
    const signal = new TypingSignal((typing) => said.push(typing));
    signal.typed(true);
    signal.typed(false);
    signal.typed(false);
    expect(said).toEqual([true, false]);
  });
});
