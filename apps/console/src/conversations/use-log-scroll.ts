import type { AgentItem } from '@libs/contracts';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_END = 48;

/** Messages below what the reader has seen, of others: what one wrote oneself is no news. */
export function newsAfter(items: readonly AgentItem[], seen: number, memberId: string): number {
  return items.filter(
    ({ revision, kind, author }) =>
      revision > seen && (kind === 'message' || kind === 'note') && author.id !== memberId,
  ).length;
}

/** Stays at the end while the reader is there; keeps the line in view when history comes in above. */
export function useLogScroll(items: readonly AgentItem[], outgoing: number, memberId: string) {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({ first: 0, height: 0, outgoing: 0, atEnd: true });
  const first = items[0]?.revision ?? 0;
  const last = items.at(-1)?.revision ?? 0;
  const [seen, setSeen] = useState(0);
  if (atEnd && seen !== last) setSeen(last);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs with each change of what is shown
  useLayoutEffect(() => {
    const log = ref.current;
    if (!log) return;
    const was = before.current;
    const wroteMyself = outgoing > was.outgoing;
    if (was.first > first && first > 0) log.scrollTop += log.scrollHeight - was.height;
    else if (was.atEnd || wroteMyself) log.scrollTop = log.scrollHeight;
    before.current = { ...was, first, height: log.scrollHeight, outgoing };
  }, [items, outgoing, first]);
  // A growing composer or a turned phone takes room away from below.
  useEffect(() => {
    const log = ref.current;
    if (!log) return;
    const resized = new ResizeObserver(() => {
      if (before.current.atEnd) log.scrollTop = log.scrollHeight;
    });
    resized.observe(log);
    return () => resized.disconnect();
  }, []);
  const onScroll = () => {
    const log = ref.current;
    if (!log) return;
    const end = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    before.current.atEnd = end;
    before.current.height = log.scrollHeight;
    setAtEnd(end);
  };
  const toEnd = () => ref.current?.scrollTo({ top: ref.current.scrollHeight });
  return { ref, atEnd, news: atEnd ? 0 : newsAfter(items, seen, memberId), onScroll, toEnd };
}
