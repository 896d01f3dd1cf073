import { ApiError } from '@libs/api-client';
import type { DraftKeep, DraftTexts, KeptDraft } from '@libs/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftKeeper } from './draft-keeper.js';

/** The server of one draft, and tabs that share it. */
function world() {
  let stored: KeptDraft = { message: '', note: '', version: 0 };
  let up = true;
  const drafts = {
    draft: async () => {
      if (!up) throw new ApiError({ status: 0, code: 'client.offline' } as never);
      return stored;
    },
    keepDraft: async (_id: string, { base, ...texts }: DraftKeep) => {
      if (!up) throw new ApiError({ status: 0, code: 'client.offline' } as never);
      if (base !== stored.version) throw new ApiError({ status: 409, code: 'chat.draft-changed' } as never);
      stored = { ...texts, version: base + 1 };
      return { version: stored.version };
    },
  };
  const tab = () => {
    const box = { texts: { message: '', note: '' } as DraftTexts };
    const keeper = new DraftKeeper('c', { drafts, read: () => box.texts, write: (texts) => (box.texts = texts) });
    const type = (message: string) => {
      box.texts = { ...box.texts, message };
      keeper.changed();
    };
    return { box, keeper, type };
  };
  return { tab, stored: () => stored, line: (on: boolean) => (up = on) };
}

const settle = () => vi.advanceTimersByTimeAsync(2_000);

describe('a draft that follows its author', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('F-0304 is kept a moment after the last key, and stands on the next device', async () => {
    const { tab, stored } = world();
    const [one, other] = [tab(), tab()];
    await one.keeper.restore();
    for (const text of ['h', 'he', 'hello']) one.type(text);
    await settle();
    expect(stored()).toEqual({ message: 'hello', note: '', version: 1 });
    await other.keeper.restore();
    expect(other.box.texts.message).toBe('hello');
    other.type('');
    await settle();
    expect(stored()).toMatchObject({ message: '', version: 2 });
  });

  it.each([
    ['mine', 'B', 'B'],
    ['theirs', 'A', 'A'],
    ['both', 'A\nB', 'A\nB'],
  ] as const)('F-0304 a conflict of two tabs is a choice: %s', async (choice, here, there) => {
    const { tab, stored } = world();
    const [one, other] = [tab(), tab()];
    await Promise.all([one.keeper.restore(), other.keeper.restore()]);
    one.type('A');
    await settle();
    other.type('B');
    await settle();
    expect(other.keeper.conflict.get()).toMatchObject({ message: 'A' });
    expect([stored().message, other.box.texts.message]).toEqual(['A', 'B']);
    other.keeper.choose(choice);
    await settle();
    expect([other.box.texts.message, stored().message]).toEqual([here, there]);
    expect(other.keeper.conflict.get()).toBeNull();
  });

  it('F-0304 waits for the line, and a text that was sent elsewhere stands in nobody’s way', async () => {
    const { tab, stored, line } = world();
    const [one, other] = [tab(), tab()];
    line(false);
    one.type('offline');
    await settle();
    expect(stored().version).toBe(0);
    line(true);
    one.keeper.flush();
    await settle();
    expect(stored().message).toBe('offline');
    await other.keeper.restore();
    one.type('');
    await settle();
    other.type('offline and more');
    await settle();
    expect(other.keeper.conflict.get()).toBeNull();
    expect(stored()).toMatchObject({ message: 'offline and more', version: 3 });
  });
});
