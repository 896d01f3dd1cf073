import type { AgentItem, Mention } from '@libs/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeardMentions } from './heard-mentions.js';
import { HEARING_MS, Herald, type HeraldParts, SOUND_MS } from './herald.js';
import { type Notice, noticeOf } from './notice.js';
import { NoticeBoard } from './notice-board.js';

const notice: Notice = { kind: 'message', conversationId: 'c-1', key: 'c-1:7', at: 7 };
const BOTH = ['sound', 'desktop'] as const;

/** Two tabs of one browser, with one clock and one set of locks. */
function browser() {
  const held = new Map<string, number>();
  const tabs: Herald[] = [];
  const sounds = vi.fn();
  const desktop = vi.fn();
  const tab = (over: Partial<HeraldParts> = {}) => {
    const herald: Herald = new Herald({
      tabs: {
        say: (key) => {
          for (const other of tabs) if (other !== herald) other.heard(key);
        },
        once: async (name, ms, run) => {
          if ((held.get(name) ?? 0) > Date.now()) return;
          held.set(name, Date.now() + ms);
          run();
        },
      },
      sound: sounds,
      desktop,
      watches: () => false,
      quiet: () => false,
      ...over,
    });
    tabs.push(herald);
    return herald;
  };
  const tell = async (one: Notice = notice) => {
    const all = tabs.map((herald) => herald.announce(one, BOTH));
    await vi.advanceTimersByTimeAsync(HEARING_MS);
    await Promise.all(all);
  };
  return { tab, tell, sounds, desktop };
}

describe('news', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sounds in one of several tabs, and once in three seconds at most', async () => {
    const { tab, tell, sounds, desktop } = browser();
    tab();
    tab();
    await tell();
    await tell({ ...notice, key: 'c-1:8' });
    expect([sounds.mock.calls.length, desktop.mock.calls.length]).toEqual([1, 2]);
    await vi.advanceTimersByTimeAsync(SOUND_MS);
    await tell({ ...notice, key: 'c-1:9' });
    expect(sounds).toHaveBeenCalledTimes(2);
  });

  it('is silent in all tabs while one of them shows the conversation', async () => {
    const { tab, tell, sounds, desktop } = browser();
    tab();
    tab({ watches: () => true });
    await tell();
    expect([sounds.mock.calls.length, desktop.mock.calls.length]).toEqual([0, 0]);
  });

  it('is silent once its member left, also with what it waited for', async () => {
    const { tab, tell, sounds, desktop } = browser();
    const herald = tab();
    const told = tell();
    herald.stop();
    await told;
    await tell({ ...notice, key: 'c-1:8' });
    expect([sounds.mock.calls.length, desktop.mock.calls.length]).toEqual([0, 0]);
  });

  it('is silent in quiet hours', async () => {
    const { tab, tell, sounds, desktop } = browser();
    tab({ quiet: () => true });
    await tell();
    expect([sounds.mock.calls.length, desktop.mock.calls.length]).toEqual([0, 0]);
  });
});

describe('what is news to a member', () => {
  const base = { conversationId: 'c-1', revision: 3, seq: null, at: 5 };
  const by = (id: string | null) =>
    ({ kind: id === null ? 'visitor' : 'agent', id, name: null }) as AgentItem['author'];
  const text = { text: 'secret', sender: 's', number: 1 };
  const item = (rest: object): AgentItem => ({ ...base, ...rest }) as AgentItem;

  it.each([
    ['a visitor writes to me', item({ kind: 'message', author: by(null), ...text }), true, 'message'],
    ['a visitor writes to a colleague', item({ kind: 'message', author: by(null), ...text }), false, undefined],
    ['I answer', item({ kind: 'message', author: by('me'), ...text }), true, undefined],
    [
      'I am given it',
      item({ kind: 'assigned', author: by('lead'), member: { id: 'me', name: null } }),
      false,
      'assigned',
    ],
    ['I give it away', item({ kind: 'assigned', author: by('me'), member: { id: 'li', name: null } }), true, undefined],
    [
      'it is given away',
      item({ kind: 'assigned', author: by('lead'), member: { id: 'li', name: null } }),
      true,
      'handed-over',
    ],
    ['it is taken over', item({ kind: 'taken', author: by('lead') }), true, 'handed-over'],
    ['it goes back', item({ kind: 'released', author: by('lead') }), true, 'handed-over'],
    ['its time has come', item({ kind: 'woken', author: by(null) }), true, 'woken'],
    ['I wake it', item({ kind: 'woken', author: by('me') }), true, undefined],
    ['somebody resolves', item({ kind: 'resolved', author: by('lead') }), true, undefined],
  ])('%s', (_what, entry, mine, kind) => {
    const made = noticeOf(entry, { memberId: 'me', mine });
    expect(made?.kind).toBe(kind);
    // Nothing that could outlive a withdrawal or an erasure.
    expect(JSON.stringify(made ?? null)).not.toContain('secret');
  });
});

describe('the centre', () => {
  it('gathers by conversation, tells each piece of news once, and forgets what was seen', () => {
    const board = new NoticeBoard();
    expect(board.add(notice)).toBe(true);
    expect(board.add(notice)).toBe(false);
    board.add({ ...notice, key: 'c-2:1', conversationId: 'c-2', at: 9, kind: 'assigned' });
    board.add({ ...notice, key: 'c-1:8', at: 8 });
    expect(board.groups.get()).toEqual([
      { conversationId: 'c-2', counts: { assigned: 1 }, at: 9 },
      { conversationId: 'c-1', counts: { message: 2 }, at: 8 },
    ]);
    board.drop('c-1');
    expect(board.groups.get().map(({ conversationId }) => conversationId)).toEqual(['c-2']);
  });
});

describe('the centre after an erasure', () => {
  it('keeps neither the record nor its keys, and never more than some hundred keys', () => {
    const board = new NoticeBoard();
    board.add(notice);
    board.erase('c-1');
    expect(board.groups.get()).toEqual([]);
    // Its key is forgotten: the same news would be news again.
    expect(board.add(notice)).toBe(true);
    for (let seq = 0; seq < 500; seq += 1) board.add({ ...notice, conversationId: 'c-2', key: `c-2:${seq}` });
    expect(board.add(notice)).toBe(true);
  });
});

describe('mentions', () => {
  const mention = (revision: number, read = false) =>
    ({ conversationId: 'c-1', revision, at: revision, read }) as Mention;
  const keys = (notices: readonly Notice[]) => notices.map(({ key }) => key);

  it('tells every new one, oldest first, and none that waited before or was told', () => {
    const heard = new HeardMentions();
    heard.take([mention(1)]);
    expect(keys(heard.fresh([mention(3), mention(2), mention(1)]))).toEqual(['c-1:2:mention', 'c-1:3:mention']);
    expect(heard.fresh([mention(3), mention(2, true)])).toEqual([]);
  });

  it('tells only the newest where what waited could not be read', () => {
    expect(keys(new HeardMentions().fresh([mention(3), mention(2)]))).toEqual(['c-1:3:mention']);
  });
});
