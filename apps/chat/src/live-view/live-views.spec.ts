import { ManualClock } from '@libs/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import type { Asker } from '../conversations/conversation.service.js';
import type { ChatWrite, ChatWrites } from '../stream/chat-writes.js';
import { GLANCE_MS, LiveViews } from './live-views.js';

const SUPERVISOR: Asker = {
  ...{ tenantId: 'tenant', memberId: 'supervisor', role: 'supervisor', correlationId: 'test' },
  scope: { memberId: 'supervisor', reach: 'all' },
};
const row = (assigneeId: string | null) =>
  ({ id: 'one', subjectId: 'person', state: 'open', assigneeId }) as ConversationRow;

function open() {
  const kinds: string[] = [];
  let fails = false;
  const commit = async ({ journal }: ChatWrite): Promise<void> => {
    if (fails) throw new Error('away');
    kinds.push(...journal.map(({ kind }) => kind.replace('chat.live-view-', '').replace('.v1', '')));
  };
  const writes = { commit, subjects: { step: () => ({}) } } as unknown as ChatWrites;
  const looks = new LiveViews(writes, new ManualClock(), { warn: () => undefined } as never);
  const fail = (now: boolean): void => {
    fails = now;
  };
  return { looks, kinds, fail };
}

describe('P-0207 looks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('of who asks again and again is one, which ends when they have not asked for a while', async () => {
    const { looks, kinds } = open();
    await Promise.all([looks.glance(SUPERVISOR, row('agent')), looks.glance(SUPERVISOR, row('agent'))]);
    await vi.advanceTimersByTimeAsync(GLANCE_MS - 1);
    await looks.glance(SUPERVISOR, row('agent'));
    await vi.advanceTimersByTimeAsync(GLANCE_MS - 1);
    expect(kinds).toEqual(['began']);
    await vi.advanceTimersByTimeAsync(1);
    expect(kinds).toEqual(['began', 'ended']);
    await looks.glance(SUPERVISOR, row('agent'));
    expect(kinds).toEqual(['began', 'ended', 'began']);
    // Work of somebody else is another look.
    await looks.glance(SUPERVISOR, row('other'));
    expect(kinds).toEqual(['began', 'ended', 'began', 'began']);
    await looks.glance(SUPERVISOR, row('supervisor'));
    await looks.glance(SUPERVISOR, row(null));
    expect(kinds).toHaveLength(4);
  });

  it('of who follows takes in what was asked before and meanwhile, and ends with the following', async () => {
    const { looks, kinds } = open();
    await looks.glance(SUPERVISOR, row('agent'));
    const look = await looks.begin(SUPERVISOR, row('agent'));
    await looks.glance(SUPERVISOR, row('agent'));
    await vi.advanceTimersByTimeAsync(2 * GLANCE_MS);
    expect(kinds).toEqual(['began']);
    look!.end();
    await vi.advanceTimersByTimeAsync(1);
    expect(kinds).toEqual(['began', 'ended']);
  });

  it('that cannot be recorded show nothing, and are recorded with the next question', async () => {
    const { looks, kinds, fail } = open();
    fail(true);
    await expect(looks.glance(SUPERVISOR, row('agent'))).rejects.toThrow('away');
    await expect(looks.begin(SUPERVISOR, row('agent'))).rejects.toThrow('away');
    fail(false);
    await looks.glance(SUPERVISOR, row('agent'));
    expect(kinds).toEqual(['began']);
  });
});
