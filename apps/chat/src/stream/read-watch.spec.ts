import type { AgentItem } from '@libs/contracts';
import { newId } from '@libs/kernel';
import type { ReadNote, RegisterVersion } from '@libs/privacy';
import { type Activity, DEFAULT_REGISTER } from '@libs/privacy-core';
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
  let ground: Partial<Activity>;
  const told = () => notes.map(({ reader, fields, subjects }) => [reader.range, fields, subjects]);
  const item = (kind: string, revision: number, more: object = {}) => ({ kind, revision, ...more }) as AgentItem;

  beforeEach(() => {
    vi.useFakeTimers();
    notes = [];
    ground = {};
    const accounts = { note: (one: ReadNote) => void notes.push(one), room: () => undefined };
    watch = new ReadWatch(accounts, { lately: () => registerWith(ground) });
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

  it('P-0111 where the workspace does not ask for consent, the use has an entry of its own with its ground', () => {
    ground = { basis: 'L-CONTRACT', basisNote: 'Orders' };
    watch.page(WHO, ONE, [item('message', 3)]);
    watch.list(WHO, [ONE]);
    const live = watch.live(WHO);
    live.show(OTHER, 'message', 7);
    live.account();
    expect(notes.map((note) => [note.reader.range, note.ground])).toEqual(
      [`conversation:${ONE.conversationId} 3-3`, 'conversations 1', `conversation:${OTHER.conversationId} 7-7`].flatMap(
        (range) => [
          [range, undefined],
          [range, { basis: 'L-CONTRACT', note: 'Orders' }],
        ],
      ),
    );
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

/** The shipped register with another ground for conversations. */
function registerWith(ground: Partial<Activity>): Pick<RegisterVersion, 'register'> {
  const activities = DEFAULT_REGISTER.activities.map((one) =>
    one.purpose === 'support-conversation' ? { ...one, ...ground } : one,
  );
  return { register: { ...DEFAULT_REGISTER, activities } };
}
