import { ApiError } from '@libs/api-client';
import type { ConversationSnooze, ScheduledReplies, ScheduledReply, SendTime } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ConversationRoom, RoomSnapshot } from '../conversations/conversation-room.js';
import { workApi } from '../session/api.js';
import { useUndo } from '../undo/use-undo.js';
import { momentText } from '../words/states/moment-text.js';
import { useWords } from '../words/use-words.js';
import { nextLook, withText } from './scheduled-state.js';
import { useScheduledWords } from './words/use-scheduled-words.js';

const NEAREST_MS = 60_000;

/** What waits in a conversation, and what one does with it. */
export interface Scheduled {
  readonly items: readonly ScheduledReply[];
  /** Why the last act failed; null = it did not. */
  readonly error: unknown;
  readonly busy: boolean;
  schedule(text: string, wish: ConversationSnooze): void;
  /** Back into the box; resolves when it is there. */
  edit(reply: ScheduledReply): Promise<void>;
  sendNow(reply: ScheduledReply): void;
  cancel(reply: ScheduledReply, own: boolean): void;
}

/** Replies of a conversation that go out later. */
export function useScheduled(room: ConversationRoom, snapshot: RoomSnapshot): Scheduled {
  const { items, readAgain } = useWaiting(room.id, snapshot);
  const acts = useActs(room, readAgain);
  return { items, ...acts };
}

function useWaiting(id: string, { items: said }: RoomSnapshot) {
  const client = useQueryClient();
  const queryKey = ['scheduled-replies', id];
  const readAgain = () => client.invalidateQueries({ queryKey });
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => workApi.scheduledReplies(id, signal),
    refetchInterval: (query: { readonly state: { readonly data: ScheduledReplies | undefined } }) =>
      nextLook(query.state.data?.items ?? [], Date.now()),
  });
  const items = data?.items ?? [];
  // What the visitor writes stops what waits; what went out waits no longer.
  const newest = said.at(-1)?.revision;
  const waits = items.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is new may have changed it
  useEffect(() => {
    if (waits) void client.invalidateQueries({ queryKey });
  }, [newest, id]);
  return { items, readAgain };
}

function useActs(room: ConversationRoom, readAgain: () => Promise<unknown>): Omit<Scheduled, 'items'> {
  const undo = useUndo();
  const words = useScheduledWords();
  const { locale } = useWords();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { id } = room;
  const putBack = (text: string) => room.write('message', withText(room.draft.get().message, text));
  const done = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    setError(null);
    setBusy(true);
    return act()
      .catch((failed: unknown) => {
        setError(failed);
        return undefined;
      })
      .finally(() => {
        setBusy(false);
        void readAgain();
      });
  };
  const add = (text: string, time: SendTime) => workApi.scheduleReply(id, { text, ...time });
  const drop = async (replyId: string) => {
    await workApi.cancelScheduledReply(id, replyId);
    return true;
  };
  const back = (act: () => Promise<unknown>) => async () => {
    await act().finally(() => void readAgain());
  };
  return {
    error,
    busy,
    schedule: async (text, wish) => {
      const made = await done(() => add(text, timeOf(wish)));
      if (!made) return;
      // What was written meanwhile stays.
      if (room.draft.get().message.trim() === text) room.write('message', '');
      const when = momentText(made.dueAt, Date.now(), locale);
      undo.offer(
        words.didSchedule(when),
        back(() => drop(made.id).then(() => putBack(text))),
      );
    },
    edit: async (reply) => {
      if (await done(() => drop(reply.id))) putBack(reply.text);
    },
    sendNow: (reply) => void done(() => workApi.sendScheduledReply(id, reply.id)),
    cancel: async (reply, own) => {
      if (!(await done(() => drop(reply.id))) || !own || reply.text === '') return;
      const anew = { ...againAt(reply.dueAt, Date.now()) };
      undo.offer(
        words.didCancel,
        // What was not going to be sent must not go out by being brought back.
        back(async () => (reply.refused === null ? add(reply.text, anew) : putBack(reply.text))),
      );
    },
  };
}

function timeOf({ until, inMs }: ConversationSnooze): SendTime {
  return until === undefined ? { inMs: inMs ?? NEAREST_MS } : { at: until };
}

/** The same time, or as soon as there is one where it is over by then. */
function againAt(dueAt: number, now: number): SendTime {
  return dueAt > now + 2 * NEAREST_MS ? { at: dueAt } : { inMs: NEAREST_MS };
}

/** The sentence for what the server says of scheduled replies; undefined for what others say. */
export function useScheduledError(): (error: unknown) => string | undefined {
  const words = useScheduledWords();
  const { locale } = useWords();
  return (error) => {
    if (!(error instanceof ApiError)) return undefined;
    const { earliest } = error.details;
    if (error.code !== 'chat.schedule-too-soon' || typeof earliest !== 'number') return words.refusals[error.code];
    return words.tooSoon(momentText(Math.ceil(earliest / 60_000) * 60_000, Date.now(), locale));
  };
}
