import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DirtyCursor } from './cursor.repository.js';
import { CursorKeeper } from './cursor-keeper.js';

const at = (participant: string, delivered: number, read: number): DirtyCursor => ({
  ...{ tenantId: 't', conversationId: 'c', participant },
  ...{ delivered, read },
});

describe('how far participants have come', () => {
  const write = vi.fn<(cursors: readonly DirtyCursor[]) => Promise<void>>();
  const onError = vi.fn();
  let keeper: CursorKeeper;

  beforeEach(() => {
    vi.useFakeTimers();
    write.mockReset().mockResolvedValue();
    onError.mockReset();
    keeper = new CursorKeeper(write, onError);
  });
  afterEach(() => vi.useRealTimers());

  it('F-0310 is written once a second, the furthest of each', async () => {
    for (const cursor of [at('visitor', 3, 2), at('m-1', 1, 1), at('visitor', 2, 1)]) keeper.keep(cursor);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(write.mock.calls).toEqual([[[at('visitor', 3, 2), at('m-1', 1, 1)]]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('F-0310 is written again where the database was away, with what came meanwhile', async () => {
    write.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'));
    keeper.keep(at('visitor', 3, 3));
    await vi.advanceTimersByTimeAsync(1_500);
    keeper.keep(at('visitor', 4, 2));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(onError).toHaveBeenCalledTimes(2);
    expect(write.mock.calls.at(-1)).toEqual([[at('visitor', 4, 3)]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(write).toHaveBeenCalledTimes(3);
  });

  it('is let go where it can never be written, and not what comes later', async () => {
    write.mockRejectedValue(new Error('away'));
    keeper.keep(at('visitor', 1, 1));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(write).toHaveBeenCalledTimes(60);
    write.mockResolvedValue();
    keeper.keep(at('m-1', 2, 2));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(write.mock.calls.at(-1)).toEqual([[at('m-1', 2, 2)]]);
  });

  it('F-0310 is written at the end', async () => {
    keeper.keep(at('visitor', 1, 1));
    await keeper.close();
    expect(write).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not tried for ever by a process that ends', async () => {
    let fail = (_error: Error): void => undefined;
    const held = new Promise<void>((_resolve, reject) => {
      fail = reject;
    });
    write.mockReturnValue(held);
    keeper.keep(at('visitor', 1, 1));
    await vi.advanceTimersByTimeAsync(1_000);
    await keeper.close();
    fail(new Error('away'));
    await vi.advanceTimersByTimeAsync(0);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
