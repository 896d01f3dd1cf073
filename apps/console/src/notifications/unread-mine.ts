import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { unreadOf } from '../conversations/unread-of.js';
import { line } from '../live/live-session.js';
import { api } from '../session/api.js';
import { rights } from '../session/rights.js';
import { queryClient, useMe } from '../session/session.js';
import { useWords } from '../words/use-words.js';

const KEY = ['mine-unread'] as const;
const MOST = 100;
const PAUSE_MS = 1_000;

export async function readMine(signal?: AbortSignal) {
  const page = await api.conversations('mine', { limit: MOST, ...(signal ? { signal } : {}) });
  return page.items.filter((row) => row.unread > 0);
}

/** In how many of my conversations something waits unread. */
export function useUnreadMine(): number {
  const { role } = useMe();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => readMine(signal),
    enabled: rights.converse(role),
    staleTime: Number.POSITIVE_INFINITY,
    select: (rows) => rows.filter((row) => unreadOf(row) > 0).length,
  });
  return data ?? 0;
}

/** What was opened is read a moment later, and the server says so another moment later. */
const READ_MS = [1_500, 4_000];

/** Asks again soon after something happened on the line or a conversation was opened; once, however much did. */
export function useUnreadNews(path: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is why it is asked again
  useEffect(() => {
    const timers = READ_MS.map((ms) => setTimeout(() => void queryClient.invalidateQueries({ queryKey: KEY }), ms));
    return () => timers.forEach(clearTimeout);
  }, [path]);
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      due ??= setTimeout(() => {
        due = undefined;
        void queryClient.invalidateQueries({ queryKey: KEY });
      }, PAUSE_MS);
    };
    const stop = line.listen({ item: soon, conversation: soon, cursor: soon, online: soon });
    return () => {
      clearTimeout(due);
      stop();
    };
  }, []);
}

/** Counts and places, never a person: titles end up in histories and task bars. */
export function useTabTitle(title: string): void {
  const me = useMe();
  const words = useWords();
  const unread = useUnreadMine();
  useEffect(() => {
    document.title = words.pageTitle(unread, title, me.tenant.name);
  }, [words, unread, title, me.tenant.name]);
}

/** A dot on the icon of the tab while something waits. */
export function useIconDot(): void {
  const waits = useUnreadMine() > 0;
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = waits ? '/favicon-unread.svg' : '/favicon.svg';
    return () => {
      if (icon) icon.href = '/favicon.svg';
    };
  }, [waits]);
}
