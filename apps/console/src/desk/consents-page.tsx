import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useKeptScroll } from '../contacts/use-kept-scroll.js';
import { useMe } from '../session/session.js';
import { Failed, Loading, LoadMore, Nothing } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { ConsentCountsTable } from './consent-counts.js';
import { ConsentFilters } from './consent-filters.js';
import { ConsentList } from './consent-list.js';
import { type ConsentSearch, useConsents } from './consent-queries.js';
import { DeskPage } from './desk-frame.js';
import { useEvidence } from './evidence.js';
import { SaveError } from './save-error.js';
import './consents.css';

type ListQuery = ReturnType<typeof useConsents>;

function stateOf(query: ListQuery, count: number, filtered: boolean) {
  if (query.isPending) return 'loading' as const;
  if (query.isError && count === 0) return 'error' as const;
  if (count > 0) return 'ready' as const;
  return filtered ? ('filtered-empty' as const) : ('empty' as const);
}

/** Append-only: there is nothing here to edit and nothing to delete. */
export function ConsentsPage() {
  const desk = useDeskWords();
  const { slug } = useMe().tenant;
  const search: ConsentSearch = useSearch({ from: '/w/$slug/privacy/consents' });
  const navigate = useNavigate();
  const go = (next: ConsentSearch) =>
    void navigate({ to: '/w/$slug/privacy/consents', params: { slug }, search: next });
  const query = useConsents(search);
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items);
  const state = stateOf(query, rows.length, Object.keys(search).length > 0);
  useKeptScroll(`consents ${JSON.stringify(search)}`, state !== 'loading');
  return (
    <DeskPage screen="consents" state={state} title={desk.consents}>
      {search.subject === undefined && <ConsentCountsTable search={search} onChoose={go} />}
      <ConsentFilters search={search} rows={rows} onChange={go} />
      {search.subject !== undefined && <PersonBar subjectId={search.subject} slug={slug} />}
      {state === 'loading' && <Loading rows={6} />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && <Nothing text={desk.noRecords} />}
      {state === 'filtered-empty' && (
        <Nothing text={desk.noRecordsFiltered}>
          <Button onClick={() => go({})}>{desk.clearFilters}</Button>
        </Nothing>
      )}
      {state === 'ready' && (
        <>
          <ConsentList rows={rows} search={search} onPerson={(subject) => go({ ...search, subject })} />
          <LoadMore query={query} />
        </>
      )}
    </DeskPage>
  );
}

function PersonBar({ subjectId, slug }: { readonly subjectId: string; readonly slug: string }) {
  const desk = useDeskWords();
  const [done, setDone] = useState(false);
  const evidence = useEvidence(() => setDone(true));
  return (
    <>
      <p className="button-row">
        <Button loading={evidence.isPending} onClick={() => evidence.mutate({ subjectId })}>
          {desk.evidenceOfPerson}
        </Button>
        <Link to="/w/$slug/privacy/reads/$subjectId" params={{ slug, subjectId }}>
          {desk.readsOf}
        </Link>
        <span role="status" className="meta">
          {done ? desk.evidenceSaved : ''}
        </span>
      </p>
      <SaveError error={evidence.error} />
    </>
  );
}
