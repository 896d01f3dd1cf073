import { ManualClock } from '@libs/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import type { Asker } from '../conversations/conversation.service.js';
import type { ChatWrite, ChatWrites } from '../stream/chat-writes.js';
import { GLANCE_MS, LiveViews } from './live-views.js';
import type { HeldLook } from './look-step.js';

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
  const held = new Set<string>();
  const leases = {
    begin: ({ id }: HeldLook) => held.add(id),
    end: ({ id }: HeldLook) => held.delete(id),
    letGo: ({ id }: HeldLook) => held.delete(id),
  };
  const told: string[] = [];
  const signs = { tell: ({ conversationId }: HeldLook) => told.push(`${conversationId} ${held.size}`) };
  const parts = [{ warn: () => undefined }, leases, signs] as never[];
  const looks = new LiveViews(writes, new ManualClock(), parts[0]!, parts[1]!, parts[2]!);
  const fail = (now: boolean): void => {
    fails = now;
  };
  return { looks, kinds, fail, held, told };
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
    const { looks, kinds, told } = open();
    await looks.glance(SUPERVISOR, row('agent'));
    const look = await looks.begin(SUPERVISOR, row('agent'));
    await looks.glance(SUPERVISOR, row('agent'));
    await vi.advanceTimersByTimeAsync(2 * GLANCE_MS);
    expect(kinds).toEqual(['began']);
    look!.end();
    await vi.advanceTimersByTimeAsync(1);
    expect(kinds).toEqual(['began', 'ended']);
    // The visitor is told of one look, from its beginning to its end.
    expect(told).toEqual(['one 1', 'one 0']);
  });

  it('that cannot be recorded show nothing, and are recorded with the next question', async () => {
    const { looks, kinds, fail, held, told } = open();
    fail(true);
    await expect(looks.glance(SUPERVISOR, row('agent'))).rejects.toThrow('away');
    await expect(looks.begin(SUPERVISOR, row('agent'))).rejects.toThrow('away');
    expect([held.size, told]).toEqual([0, []]);
    fail(false);
    await looks.glance(SUPERVISOR, row('agent'));
    expect(kinds).toEqual(['began']);
  });
});
