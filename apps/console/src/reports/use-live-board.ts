import type { LiveBoard } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { line } from '../live/live-session.js';
import { routingApi } from '../session/api.js';
import { gathered } from './gathered.js';

const KEY = ['live-board'] as const;
const SPAN_MS = 500;
const TICK_MS = 1_000;

/** What was read, and by how much this screen's clock is ahead of the server's. */
export interface ReadBoard {
  readonly board: LiveBoard;
  readonly ahead: number;
}

/** Who waits and who is there; read again with each sign of the line that something of it changed. */
export function useLiveBoard() {
  const client = useQueryClient();
  const query = useQuery<ReadBoard>({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const board = await routingApi.liveBoard(signal);
      return { board, ahead: Date.now() - board.at };
    },
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    const { sign, stop } = gathered(() => void client.invalidateQueries({ queryKey: KEY }), SPAN_MS);
    const leave = line.listen({
      conversation: sign,
      availability: sign,
      online: (online) => online && sign(),
    });
    return () => {
      leave();
      stop();
    };
  }, [client]);
  return query;
}

/** The time to the second, because a wait is read by it. */
export function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
