import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ConversationRoom, RoomSnapshot } from '../conversations/conversation-room.js';
import { line } from '../live/live-session.js';
import { wordsApi, workApi } from '../session/api.js';

const KEY = ['mentions'];

/** Notes that name me, as they come. */
export function useMentions() {
  const client = useQueryClient();
  useEffect(() => {
    const again = () => void client.invalidateQueries({ queryKey: KEY });
    return line.listen({ mention: again, online: (online) => online && again() });
  }, [client]);
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => workApi.mentions(signal), staleTime: 60_000 });
}

/** What names me here is read once it is on screen. */
export function useReadMentions(room: ConversationRoom, { items, status }: RoomSnapshot): void {
  const client = useQueryClient();
  const { data } = useMentions();
  const newest = status === 'ready' ? (items.at(-1)?.revision ?? 0) : 0;
  const waiting = (data?.items ?? []).some(
    (one) => one.conversationId === room.id && !one.read && one.revision <= newest,
  );
  useEffect(() => {
    if (!waiting) return;
    const read = () => {
      if (document.visibilityState !== 'visible') return;
      wordsApi.readMentions(room.id, newest).then(
        () => client.invalidateQueries({ queryKey: KEY }),
        // Stays unread; the next entry or visit asks again.
        () => undefined,
      );
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [waiting, newest, room, client]);
}
