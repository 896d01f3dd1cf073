import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OFFERED_MS, UndoSlot } from './undo-slot.js';

describe('undo', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const stage = (slot: UndoSlot) => slot.shown.get()?.stage;

  it('F-0303 is offered for eight seconds, and once only', async () => {
    const slot = new UndoSlot();
    const undo = vi.fn(async () => {});
    slot.offer('resolved', undo);
    vi.advanceTimersByTime(OFFERED_MS - 1);
    await Promise.all([slot.run(), slot.run()]);
    expect([undo.mock.calls.length, stage(slot)]).toEqual([1, 'undone']);
    vi.advanceTimersByTime(OFFERED_MS);
    expect(slot.shown.get()).toBeUndefined();
    await slot.run();
    expect(undo).toHaveBeenCalledTimes(1);
  });

  it('waits while somebody rests on it', () => {
    const slot = new UndoSlot();
    slot.offer('resolved', async () => {});
    vi.advanceTimersByTime(5_000);
    slot.rest();
    vi.advanceTimersByTime(60_000);
    expect(stage(slot)).toBe('offered');
    slot.goOn();
    vi.advanceTimersByTime(2_999);
    expect(stage(slot)).toBe('offered');
    vi.advanceTimersByTime(1);
    expect(stage(slot)).toBeUndefined();
  });

  it('says when it was refused; the last act has the place', async () => {
    const slot = new UndoSlot();
    let refuse: (error: Error) => void = () => {};
    slot.offer('first', () => new Promise((_resolve, reject) => (refuse = reject)));
    const first = slot.run();
    slot.offer('second', async () => {
      throw new Error('somebody was quicker');
    });
    refuse(new Error('late'));
    await first;
    expect(slot.shown.get()).toEqual({ text: 'second', stage: 'offered' });
    await slot.run();
    expect(slot.shown.get()).toMatchObject({ stage: 'refused', error: new Error('somebody was quicker') });
  });
});
