import type { ConversationSummary } from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { rooms } from '../live/live-session.js';
import { patchConversation } from './conversation-queries.js';
import type { ConversationRoom, RoomSnapshot } from './conversation-room.js';

export interface RoomOnScreen {
  readonly room: ConversationRoom;
  readonly snapshot: RoomSnapshot;
}

/** Enters the room while its conversation is on screen and may be read. */
export function useRoom(row: ConversationSummary, readable: boolean): RoomOnScreen {
  const room = rooms.room(row.id);
  const snapshot = useSyncExternalStore(room.snapshot.subscribe, room.snapshot.get);
  const client = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the unread count of the moment of entering
  useEffect(() => {
    if (!readable) return;
    void room.enter(row.unread);
    return () => room.leave();
  }, [room, readable]);
  // A packet of the time without a line is lost; the row says it then.
  // A role without the right is told so by each item.
  const withheld = row.withheld === 'no-permission' ? null : (row.withheld ?? null);
  useEffect(() => room.accessChanged(withheld), [room, withheld]);
  const newest = snapshot.items.at(-1)?.revision ?? 0;
  useEffect(() => {
    if (newest === 0) return;
    const seen = () => {
      if (document.visibilityState !== 'visible') return;
      room.markRead();
      patchConversation(client, row.id, { unread: 0 });
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [room, newest, client, row.id]);
  return { room, snapshot };
}
