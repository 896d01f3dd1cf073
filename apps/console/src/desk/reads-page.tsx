import { personHandle, type ReadEntry } from '@libs/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useNow } from '../live/use-now.js';
import { privacyApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { Failed, Loading, LoadMore, Nothing } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import type { DeskWords } from '../words/desk/vocabulary.js';
import { exactTime, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { DeskPage } from './desk-frame.js';
import './consents.css';

/** Who has seen one person's data: what was seen is named, never shown. */
export function ReadsPage() {
  const { subjectId } = useParams({ from: '/w/$slug/privacy/reads/$subjectId' });
  const desk = useDeskWords();
  const { slug } = useMe().tenant;
  const query = useInfiniteQuery({
    queryKey: ['reads', subjectId],
    queryFn: ({ pageParam, signal }) =>
      privacyApi.reads(subjectId, { signal, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items);
  const state = query.isPending
    ? 'loading'
    : query.isError && rows.length === 0
      ? 'error'
      : rows.length > 0
        ? 'ready'
        : 'empty';
  return (
    <DeskPage
      screen="reads"
      state={state}
      title={desk.readsPage(personHandle(subjectId))}
      aside={
        <Link to="/w/$slug/privacy/consents" params={{ slug }} search={{ subject: subjectId }}>
          {desk.backToConsents}
        </Link>
      }
    >
      <p className="quiet">{desk.readsHint}</p>
      {state === 'loading' && <Loading rows={6} />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && <Nothing text={desk.noReads} />}
      {state === 'ready' && (
        <>
          <ReadList rows={rows} />
          <LoadMore query={query} />
        </>
      )}
    </DeskPage>
  );
}

function ReadList({ rows }: { readonly rows: readonly ReadEntry[] }) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const now = useNow();
  return (
    <ol className="card timeline">
      {rows.map((read) => (
        <li key={read.id} className="timeline-entry">
          <time className="meta" dateTime={new Date(read.at).toISOString()}>
            {exactTime(read.at, now, words.locale)}
          </time>
          <div className="timeline-what">
            <span className="timeline-line">
              <strong>
                <bdi>{read.by}</bdi>
              </strong>
              {read.role !== null && <span className="status-tag">{desk.roles[read.role] ?? read.role}</span>}
            </span>
            <ul className="chips">
              {read.fields.map((field) => (
                <li key={field} className="chip">
                  {personal.field[field] ?? field}
                </li>
              ))}
            </ul>
            <span className="meta">
              {words.purposes[read.purpose] ?? read.purpose} · {rangeText(read.range, desk)} ·{' '}
              <bdi>{reasonText(read.reason, desk)}</bdi>
            </span>
            {read.basis !== null && (
              <span className="meta" data-basis={read.basis}>
                {desk.basis} · {desk.bases[read.basis] ?? read.basis}
                {read.basisNote && <bdi> · {safeText(read.basisNote)}</bdi>}
              </span>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** `conversation:<id> 12-40`, `contact:<id>`, `contacts 25`: the kind and the size, without the id. */
function rangeText(range: string, desk: DeskWords): string {
  const [place = '', size = ''] = range.split(' ');
  if (place.startsWith('conversation')) return desk.rangeConversation(size);
  if (place === 'contacts') return desk.rangeContacts(Number(size));
  return place.startsWith('contact') ? desk.rangeContact : range;
}

function reasonText(reason: string | null, desk: DeskWords): string {
  if (reason === null || reason === '') return desk.noReason;
  return desk.readReasons[reason] ?? safeText(reason);
}
