import type { AgentItem, AgentSynced } from '@libs/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closed } from './conversation-access.js';
import { Rooms } from './rooms.js';

type Ports = ConstructorParameters<typeof Rooms>[0];
type Listener = Parameters<Ports['line']['listen']>[0];

const REASON = 'withdrawn';
const author = { kind: 'visitor', id: null, name: null } as const;
const message = (revision: number): AgentItem => ({
  ...{ conversationId: 'c', revision, seq: revision, at: revision, author },
  ...{ kind: 'message', text: `t${revision}`, sender: 's', number: revision },
});

/** A room that is entered, with four messages of which the page holds the last three. */
async function openRoom() {
  const heard: Listener[] = [];
  const asked: number[] = [];
  const page = [2, 3, 4];
  let head = 4;
  let refusals: string[] = [];
  let answer = async (after: number): Promise<AgentSynced> => {
    const items = [1, 2, 3, 4].filter((revision) => revision > after).map(message);
    return { items, upTo: 4, more: false, visitorCursor: { delivered: 0, read: 0 } };
  };
  const line = {
    online: true,
    listen: (listener: Listener) => heard.push(listener),
    watch: async () => ({ ok: true, seq: 4, revision: 4 }),
    unwatch: () => undefined,
    send: () => new Promise<never>(() => undefined),
    sync: async (_id: string, after: number) => {
      asked.push(after);
      const code = refusals.shift();
      if (code === 'no-answer') throw new Error('operation has timed out');
      if (code !== undefined) return { ok: false, code };
      if (after > head) return { ok: false, code: 'chat.cursor-invalid' };
      return { ok: true, ...(await answer(after)) };
    },
  };
  const api = { items: async () => ({ items: page.map(message), more: true }) };
  const drafts = { draft: async () => ({ message: '', note: '', version: 0 }) };
  const rooms = new Rooms({ api, line, drafts } as unknown as Ports);
  const room = rooms.room('c');
  await room.enter(0);
  const texts = () =>
    room.snapshot.get().items.map((item) => ('text' in item ? `${item.withheld ?? item.text}` : item.kind));
  const raw = () => JSON.stringify(room.snapshot.get().items);
  return {
    ...{ room, rooms, asked, texts, raw },
    /** As if a backup of before the last messages had been brought back. */
    bringBack: () => {
      page.pop();
      head = 3;
      answer = async () => ({ items: [], upTo: 3, more: false, visitorCursor: { delivered: 0, read: 0 } });
    },
    /** What the next readings are refused with. */
    refuse: (...codes: string[]) => {
      refusals = codes;
    },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    access: (withheld: typeof REASON | null) => heard[0]!.access!({ conversationId: 'c', withheld }),
    online: (online: boolean) => heard[0]!.online!(online),
    item: (item: AgentItem) => heard[0]!.item!(item),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a conversation that the server cannot be asked about for a moment', () => {
  afterEach(() => void vi.useRealTimers());

  it.each(['event.feed-stale', 'chat.rate-limited', 'no-answer'])(
    'F-0310 is asked about again after %s, so that nothing stays away that was said meanwhile',
    async (code) => {
      const { texts, item, refuse, answerWith } = await openRoom();
      answerWith(async () => ({
        ...{ items: [message(5), message(6)], upTo: 6, more: false },
        visitorCursor: { delivered: 0, read: 0 },
      }));
      vi.useFakeTimers();
      refuse(code, code);
      item(message(6));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(texts()).toEqual(['t2', 't3', 't4', 't5', 't6']);
    },
  );

  it('F-0310 but not without end, and not while nobody looks', async () => {
    const { item, refuse, asked, room } = await openRoom();
    vi.useFakeTimers();
    refuse(...Array.from({ length: 50 }, () => 'chat.not-yours'));
    item(message(6));
    await vi.advanceTimersByTimeAsync(600_000);
    const tries = asked.length;
    expect(tries).toBeLessThan(10);
    item(message(7));
    room.leave();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked.length).toBeLessThanOrEqual(tries + 1);
  });
});

describe('a conversation of which more is held than there is', () => {
  it('F-0310 is read anew: its cursor is none of what the server has now', async () => {
    const { texts, online, bringBack, room, asked } = await openRoom();
    expect(texts()).toEqual(['t2', 't3', 't4']);
    bringBack();
    online(false);
    online(true);
    await settled();
    expect([texts(), room.snapshot.get().status, asked.at(-1)]).toEqual([['t2', 't3'], 'ready', 4]);
  });
});

describe('a conversation whose person was erased', () => {
  it('P-1307 leaves nothing: what was read, what was written, what was to be sent', async () => {
    const { room, rooms, raw } = await openRoom();
    room.write('note', 'half a thought');
    room.send('message', 'on its way');
    rooms.erase(['c', 'unknown here']);
    expect([raw(), room.draft.get().note, room.snapshot.get().outgoing, room.unsent]).toEqual(['[]', '', [], false]);
    expect([rooms.erased.get().has('c'), rooms.draftOf('c')]).toEqual([true, '']);
    rooms.clear();
    expect(rooms.erased.get().size).toBe(0);
  });
});

describe('a conversation whose person takes the consent back', () => {
  afterEach(() => closed.forget());

  it('P-0110 loses its text at once, and whatever is on its way brings none', async () => {
    const { texts, raw, access, item, room } = await openRoom();
    expect(texts()).toEqual(['t2', 't3', 't4']);
    access(REASON);
    item(message(5));
    await room.loadEarlier();
    expect(new Set(texts())).toEqual(new Set([REASON]));
    expect(raw()).not.toMatch(/t\d"/);
  });

  it('P-0110 reads all it holds again, by the line, once the person agrees', async () => {
    const { texts, access, asked } = await openRoom();
    access(REASON);
    asked.length = 0;
    access(null);
    await settled();
    expect(texts()).toEqual(['t2', 't3', 't4']);
    expect(asked).toEqual([1]);
    access(null);
    await settled();
    expect(asked).toEqual([1]);
  });

  it('an answer that was asked for before the consent ended shows nothing', async () => {
    const { texts, access, answerWith } = await openRoom();
    access(REASON);
    let give: (answer: AgentSynced) => void = () => undefined;
    answerWith(() => new Promise((resolve) => (give = resolve)));
    access(null);
    access(REASON);
    give({ items: [2, 3, 4].map(message), upTo: 4, more: false, visitorCursor: { delivered: 0, read: 0 } });
    await settled();
    expect(texts()).toEqual([REASON, REASON, REASON]);
  });

  it('holds no text over a lost line unless it is on screen', async () => {
    const { texts, room, online } = await openRoom();
    room.leave();
    online(false);
    online(true);
    expect([texts(), room.snapshot.get().status]).toEqual([[], 'idle']);
    await room.enter(0);
    expect(texts()).toEqual(['t2', 't3', 't4']);
  });
});
