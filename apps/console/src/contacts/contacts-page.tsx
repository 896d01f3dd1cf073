import { ContactsOutlined, SearchOutlined } from '@ant-design/icons';
import type { ContactSummary } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Failed, Loading, LoadMore, Nothing, Page, type PageState } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { BulkRequest } from './bulk-request.js';
import { ContactCards, ContactTable } from './contact-list.js';
import { useContactList } from './contact-queries.js';
import { ContactSearch } from './contact-search.js';
import { searchTerm } from './search-term.js';
import { useKeptScroll } from './use-kept-scroll.js';
import { type Picking, usePicking } from './use-picking.js';
import './contacts.css';

export function ContactsPage() {
  const me = useMe();
  const personal = usePersonalWords();
  const term = useSyncExternalStore(searchTerm.subscribe, searchTerm.get);
  const query = useContactList(term);
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items);
  const picking = usePicking(rows);
  const state = stateOf(query, rows.length, term);
  const { slug } = me.tenant;
  useKeptScroll(term, state === 'ready');
  return (
    <Page
      screen="contacts"
      state={state}
      title={personal.contacts}
      aside={
        rights.approvals(me.role) && (
          <Link to="/w/$slug/privacy/approvals" params={{ slug }}>
            {personal.toApprovals}
          </Link>
        )
      }
    >
      {picking.picked.length > 0 ? (
        <BulkRequest picked={picking.picked} onDone={picking.clear} />
      ) : (
        <ContactSearch key={term} term={term} onSearch={(next) => searchTerm.set(next)} />
      )}
      <Body state={state} query={query} rows={rows} picking={picking} />
    </Page>
  );
}

type ListQuery = ReturnType<typeof useContactList>;

function stateOf(query: ListQuery, count: number, term: string): PageState {
  if (query.isPending) return 'loading';
  if (query.isError && count === 0) return 'error';
  if (count > 0) return 'ready';
  return term === '' ? 'empty' : 'filtered-empty';
}

interface BodyProps {
  readonly state: PageState;
  readonly query: ListQuery;
  readonly rows: readonly ContactSummary[];
  readonly picking: Picking;
}

function Body({ state, query, rows, picking }: BodyProps) {
  const personal = usePersonalWords();
  const narrow = useNarrow();
  if (state === 'loading') return <Loading rows={8} />;
  if (state === 'error') return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (state === 'empty') return <Nothing text={personal.emptyContacts} icon={<ContactsOutlined aria-hidden />} />;
  if (state === 'filtered-empty') {
    return (
      <Nothing text={personal.noHit} icon={<SearchOutlined aria-hidden />}>
        <Button onClick={() => searchTerm.set('')}>{personal.clearSearch}</Button>
      </Nothing>
    );
  }
  return (
    <>
      {narrow ? <ContactCards rows={rows} picking={picking} /> : <ContactTable rows={rows} picking={picking} />}
      <LoadMore query={query} />
    </>
  );
}
