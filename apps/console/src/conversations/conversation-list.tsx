import type { ConversationSummary, ConversationView } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useKeys } from '../live/keys.js';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { useConversationList, useCount } from './conversation-queries.js';
import { ConversationRow } from './conversation-row.js';
import { holdOrder } from './held-order.js';

interface ListProps {
  readonly view: ConversationView;
  readonly title: string;
  readonly openId?: string;
}

type ListQuery = ReturnType<typeof useConversationList>;

function stateOf(query: ListQuery, rows: readonly ConversationSummary[]): 'loading' | 'error' | 'empty' | 'ready' {
  if (query.isPending) return 'loading';
  if (query.isError && rows.length === 0) return 'error';
  return rows.length === 0 ? 'empty' : 'ready';
}

export function ConversationList({ view, title, openId }: ListProps) {
  const words = useWords();
  const query = useConversationList(view);
  const list = useHeldRows(view, query);
  const state = stateOf(query, list.rows);
  return (
    <section
      className="list-column"
      aria-label={title}
      data-screen="conversation-list"
      data-state={state}
      onPointerEnter={() => list.hold(true)}
      onPointerLeave={() => list.hold(false)}
      onFocus={() => list.hold(true)}
      onBlur={() => list.hold(false)}
    >
      <p className="list-header" aria-hidden>
        {title}
      </p>
      {query.isFetching && !query.isPending && <div className="refresh-bar" aria-hidden />}
      <p role="status" className="pill-slot">
        {list.waiting > 0 && (
          <button type="button" className="pill" onClick={list.release}>
            {words.newConversations(list.waiting)}
          </button>
        )}
      </p>
      <ListBody
        view={view}
        state={state}
        query={query}
        rows={list.rows}
        {...(openId === undefined ? {} : { openId })}
      />
    </section>
  );
}

function useHeldRows(view: ConversationView, query: ListQuery) {
  const fresh = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.items), [query.data]);
  const [held, setHeld] = useState<{ readonly view: ConversationView; readonly ids: readonly string[] } | null>(null);
  const shown = held?.view === view ? holdOrder(held.ids, fresh) : { rows: fresh, waiting: 0 };
  const current = () => ({ view, ids: shown.rows.map((row) => row.id) });
  return {
    ...shown,
    hold: (on: boolean) => setHeld((before) => (on ? (before?.view === view ? before : current()) : null)),
    release: () => setHeld({ view, ids: fresh.map((row) => row.id) }),
  };
}

interface BodyProps {
  readonly view: ConversationView;
  readonly state: ReturnType<typeof stateOf>;
  readonly query: ListQuery;
  readonly rows: readonly ConversationSummary[];
  readonly openId?: string;
}

function ListBody({ view, state, query, rows, openId }: BodyProps) {
  const words = useWords();
  const writing = useWritingWords();
  if (state === 'loading') return <ListSkeleton />;
  if (state === 'error') {
    return (
      <div className="list-message" role="alert">
        <p>{words.listFailed}</p>
        <Button onClick={() => query.refetch()}>{words.retry}</Button>
      </div>
    );
  }
  if (state === 'empty') {
    const empty = {
      mine: words.emptyMine,
      unassigned: words.emptyUnassigned,
      all: words.emptyAll,
      mentions: writing.emptyMentions,
    }[view];
    return (
      <div className="list-message">
        <p>{empty}</p>
        {view === 'mine' && <ToUnassigned />}
      </div>
    );
  }
  return <Rows view={view} query={query} rows={rows} {...(openId === undefined ? {} : { openId })} />;
}

/** The first act when nothing is mine: somebody may be waiting. */
function ToUnassigned() {
  const words = useWords();
  const me = useMe();
  if (useCount('unassigned') === '') return null;
  return (
    <Link
      to="/w/$slug/conversations/{-$view}/{-$conversationId}"
      params={{ slug: me.tenant.slug, view: 'unassigned', conversationId: undefined }}
    >
      {words.toUnassigned}
    </Link>
  );
}

function Rows({ view, query, rows, openId }: Omit<BodyProps, 'state'>) {
  const words = useWords();
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a.row') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const start =
      at >= 0
        ? at + by
        : Math.max(
            0,
            rows.findIndex((row) => row.id === openId),
          );
    links[Math.min(Math.max(start, 0), links.length - 1)]?.focus();
  };
  useKeys({
    j: { does: words.keyNext, run: () => move(1), moves: true },
    k: { does: words.keyPrevious, run: () => move(-1), moves: true },
    ...useArrowKeys(list, move),
  });
  const stop = rows.some((row) => row.id === openId) ? openId : rows[0]?.id;
  return (
    <>
      <ul ref={list} className="rows">
        {rows.map((row) => (
          <ConversationRow
            key={row.id}
            row={row}
            view={view}
            now={now}
            open={row.id === openId}
            stop={row.id === stop}
          />
        ))}
      </ul>
      {query.hasNextPage && <MoreRows query={query} label={words.loadMore} />}
    </>
  );
}

function useArrowKeys(list: RefObject<HTMLUListElement | null>, move: (by: number) => void) {
  // Elsewhere the arrows scroll.
  const inside = (by: number) => () => list.current?.contains(document.activeElement) && move(by);
  return { ArrowDown: inside(1), ArrowUp: inside(-1) };
}

/** Loads on scroll, with a button for those who do not scroll. */
function MoreRows({ query, label }: { readonly query: ListQuery; readonly label: string }) {
  const end = useRef<HTMLDivElement>(null);
  const { fetchNextPage, isFetchingNextPage } = query;
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage({ cancelRefetch: false });
    });
    if (end.current) seen.observe(end.current);
    return () => seen.disconnect();
  }, [fetchNextPage]);
  return (
    <div ref={end} className="list-more">
      <Button size="small" loading={isFetchingNextPage} onClick={() => fetchNextPage({ cancelRefetch: false })}>
        {label}
      </Button>
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="rows" aria-busy="true">
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key} className="row skeleton-row" aria-hidden>
          <span className="skeleton" />
          <span className="skeleton" />
          <span className="skeleton" />
        </div>
      ))}
    </div>
  );
}
