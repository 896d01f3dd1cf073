import { FilterOutlined, MessageOutlined } from '@ant-design/icons';
import type { ConversationView } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { GoOnline } from '../availability/go-online.js';
import { FilterBar } from '../list-filters/filter-bar.js';
import { isNarrowed } from '../list-filters/list-choice.js';
import type { ChosenList } from '../list-filters/use-list-choice.js';
import { useMe } from '../session/session.js';
import { SlowLine } from '../shell/loading.js';
import { useListWords } from '../words/lists/use-list-words.js';
import { useWords } from '../words/use-words.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { useCount } from './conversation-queries.js';
import { FoundHead, NotFound } from './found-head.js';
import { ListSearchField } from './list-search.js';
import { Sections } from './list-sections.js';
import { useFound } from './use-found.js';
import { useListSearch } from './use-list-search.js';
import { type Section, useHold, useSections } from './use-sections.js';

interface ListProps {
  readonly list: ChosenList;
  /** The place in addresses: a view's name, or the id of one that the member keeps. */
  readonly view: ConversationView;
  readonly title: string;
  readonly openId?: string;
}

type ListState = 'loading' | 'error' | 'empty' | 'filtered-empty' | 'sought-empty' | 'ready';

function stateOf(sections: readonly Section[], { wish }: ChosenList): ListState {
  const queries = sections.map(({ query }) => query);
  if (sections.some(({ rows }) => rows.length > 0)) return 'ready';
  if (queries.some((query) => query.isError)) return 'error';
  if (queries.some((query) => query.isPending)) return 'loading';
  return isNarrowed(wish.filter) ? 'filtered-empty' : 'empty';
}

/** What stands in the list: what was looked for, or else what the place holds. */
function useShown({ list }: Pick<ListProps, 'list'>, hold: boolean) {
  const search = useListSearch(list.place);
  const seeks = search.text !== '';
  const listed = useSections(list.wish, hold, !seeks);
  const found = useFound(search.text, hold && seeks);
  const sections = seeks ? found.sections : listed;
  return { search, seeks, found, sections, state: seeks ? found.state : stateOf(listed, list) };
}

export function ConversationList({ list, view, title, openId }: ListProps) {
  const words = useWords();
  const hold = useHold();
  const { search, seeks, found, sections, state } = useShown({ list }, hold.on);
  const waiting = sections.reduce((sum, one) => sum + one.waiting, 0);
  const top = useRef<HTMLElement>(null);
  const release = () => {
    for (const one of sections) one.release();
    top.current?.scrollTo({ top: 0 });
  };
  return (
    <section
      ref={top}
      className="list-column"
      aria-label={title}
      data-screen="conversation-list"
      data-state={state}
      data-seeks={seeks || undefined}
      {...hold.events}
    >
      <p className="list-header" aria-hidden>
        {title}
      </p>
      {sections.some(({ query }) => query.isFetching && !query.isPending) && (
        <div className="refresh-bar" aria-hidden />
      )}
      <p role="status" className="pill-slot">
        {waiting > 0 && (
          <button type="button" className="pill" onClick={release}>
            {words.newConversations(waiting)}
          </button>
        )}
      </p>
      <ListSearchField search={search} />
      {seeks ? (
        <FoundHead found={found} />
      ) : (
        <FilterBar list={list} onSearch={search.open ? undefined : search.start} />
      )}
      {seeks && (state === 'error' || state === 'sought-empty') ? (
        <NotFound found={found} onEnd={search.end} />
      ) : (
        <ListBody {...{ list, view, state, sections }} {...(openId === undefined ? {} : { openId })} />
      )}
    </section>
  );
}

interface BodyProps {
  readonly list: ChosenList;
  readonly view: ConversationView;
  readonly state: ListState;
  readonly sections: readonly Section[];
  readonly openId?: string;
}

function ListBody({ list, view, state, sections, openId }: BodyProps) {
  const words = useWords();
  if (state === 'loading') return <ListSkeleton />;
  if (state === 'error') {
    return (
      <div className="list-message" role="alert">
        <p>{words.listFailed}</p>
        <Button onClick={() => sections.map(({ query }) => query.refetch())}>{words.retry}</Button>
      </div>
    );
  }
  if (state === 'empty' || state === 'filtered-empty') return <Empty list={list} narrowed={state !== 'empty'} />;
  return <Sections {...{ view, sections }} {...(openId === undefined ? {} : { openId })} />;
}

function Empty({ list, narrowed }: { readonly list: ChosenList; readonly narrowed: boolean }) {
  const words = useWords();
  const lists = useListWords();
  const writing = useWritingWords();
  const { view, sort } = list.wish;
  const first = {
    mine: words.emptyMine,
    unassigned: words.emptyUnassigned,
    all: words.emptyAll,
    mentions: writing.emptyMentions,
  }[view];
  const unnarrowed = sort === 'longest-waiting' ? lists.nobodyWaits : first;
  return (
    <div className="list-message">
      {narrowed ? (
        <FilterOutlined aria-hidden className="list-icon" />
      ) : (
        <MessageOutlined aria-hidden className="list-icon" />
      )}
      <p>{narrowed ? lists.nothingFiltered : unnarrowed}</p>
      {narrowed && <Button onClick={() => list.setFilter({})}>{lists.clearFilters}</Button>}
      {!narrowed && view === 'mine' && <ToUnassigned />}
      {!narrowed && view === 'mine' && <GoOnline />}
    </div>
  );
}

/** The first act when nothing is mine: somebody may be waiting. */
function ToUnassigned() {
  const words = useWords();
  const me = useMe();
  if (useCount('unassigned') === '') return null;
  return (
    <Link to="/w/$slug/conversations/$view" params={{ slug: me.tenant.slug, view: 'unassigned' }}>
      {words.toUnassigned}
    </Link>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy="true">
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key} className="row skeleton-row" aria-hidden>
          <span className="skeleton" />
          <span className="skeleton" />
          <span className="skeleton" />
        </div>
      ))}
      <SlowLine />
    </div>
  );
}
