import type { AgentItem } from '@libs/contracts';
import { newId } from '@libs/kernel';
import type { ReadNote } from '@libs/privacy';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadWatch } from './read-watch.js';

const WHO = { tenantId: newId(), memberId: newId(), role: 'agent', correlationId: 'test' };
const [ONE, OTHER] = [1, 2].map(() => ({ conversationId: newId(), subjectId: newId() })) as [Shown, Shown];
interface Shown {
  readonly conversationId: string;
  readonly subjectId: string;
}

describe('who looks at conversations', () => {
  let notes: ReadNote[];
  let watch: ReadWatch;
  const told = () => notes.map(({ reader, fields, subjects }) => [reader.range, fields, subjects]);
  const item = (kind: string, revision: number, more: object = {}) => ({ kind, revision, ...more }) as AgentItem;

  beforeEach(() => {
    vi.useFakeTimers();
    notes = [];
    watch = new ReadWatch({ note: (one) => void notes.push(one), room: () => undefined });
  });
  afterEach(() => vi.useRealTimers());

  it('P-0404 a page is accounted from its first to its last text; states and withheld texts are no reads', () => {
    watch.page(WHO, ONE, [item('taken', 2), item('message', 3), item('note', 5), item('resolved', 6)]);
    watch.page(WHO, ONE, [item('message', 1, { withheld: 'withdrawn' }), item('taken', 2)]);
    watch.page(WHO, ONE, [item('message', 1, { withheld: 'withdrawn' }), item('note', 4)]);
    expect(told()).toEqual([
      [`conversation:${ONE.conversationId} 3-5`, ['chat.message', 'chat.note'], [ONE.subjectId]],
      [`conversation:${ONE.conversationId} 4-4`, ['chat.note'], [ONE.subjectId]],
    ]);
    expect(notes[0]).toMatchObject({ reader: { ...WHO, purpose: 'support-conversation' }, masked: 0 });
  });

  it('P-0404 a list names each person once', () => {
    watch.list(WHO, [ONE, OTHER, ONE]);
    watch.list(WHO, []);
    expect(told()).toEqual([['conversations 3', ['chat.message'], [ONE.subjectId, OTHER.subjectId]]]);
  });

  it('P-0404 what is pushed is accounted after 30 s, again after the next push, and at the end', () => {
    const live = watch.live(WHO);
    for (const revision of [4, 5, 7]) live.show(ONE, 'message', revision);
    live.show(OTHER, 'note', 1);
    vi.advanceTimersByTime(29_999);
    expect(notes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told()).toEqual([
      [`conversation:${ONE.conversationId} 4-7`, ['chat.message'], [ONE.subjectId]],
      [`conversation:${OTHER.conversationId} 1-1`, ['chat.note'], [OTHER.subjectId]],
    ]);
    vi.advanceTimersByTime(60_000);
    live.show(ONE, 'message', 8);
    live.show(OTHER, 'message', 2);
    live.account(ONE.conversationId);
    expect(notes).toHaveLength(3);
    live.account();
    live.account();
    vi.advanceTimersByTime(60_000);
    expect(told().slice(2)).toEqual([
      [`conversation:${ONE.conversationId} 8-8`, ['chat.message'], [ONE.subjectId]],
      [`conversation:${OTHER.conversationId} 2-2`, ['chat.message'], [OTHER.subjectId]],
    ]);
  });
});
