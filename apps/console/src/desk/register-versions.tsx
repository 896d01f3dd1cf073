import type { RegisterView } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import type { DeskWords } from '../words/desk/vocabulary.js';
import { exactTime, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import type { PersonalWords } from '../words/personal/vocabulary.js';
import { useWords } from '../words/use-words.js';
import type { Words } from '../words/vocabulary.js';
import { type Difference, differences } from './register-diff.js';
import { useRegisterVersion, useRegisterVersions } from './register-queries.js';

export function VersionList({ current }: { readonly current: number }) {
  const words = useWords();
  const desk = useDeskWords();
  const now = useNow();
  const { slug } = useMe().tenant;
  const query = useRegisterVersions();
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  return (
    <section className="card" aria-labelledby="versions-title">
      <h2 id="versions-title">{desk.versions}</h2>
      <p className="quiet">{desk.versionsHint}</p>
      <ol className="versions">
        {query.data.items.map(({ version, changedAt, changedBy, note }) => (
          <li key={version}>
            <span className="version-head">
              <strong>{desk.versionNo(version)}</strong>
              <span className="meta">
                {changedBy === null
                  ? desk.productDefault
                  : desk.changedBy(changedBy, exactTime(changedAt, now, words.locale))}
              </span>
            </span>
            <bdi className="version-note">{safeText(note)}</bdi>
            {version === current ? (
              <span className="status-tag status-open">{desk.current}</span>
            ) : (
              <Link
                to="/w/$slug/privacy/register"
                params={{ slug }}
                search={{ compare: version }}
                aria-label={desk.compareWith(version)}
              >
                {desk.compare}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ComparisonProps {
  readonly current: RegisterView;
  readonly older: number;
  /** Where nothing may be left by closing; without it the address is cleared of the comparison. */
  readonly onClose?: () => void;
}

/** What changed since an older version, in words: removed and added are never told by colour alone. */
export function Comparison({ current, older, onClose }: ComparisonProps) {
  const desk = useDeskWords();
  const { slug } = useMe().tenant;
  const query = useRegisterVersion(older);
  const heading = useRef<HTMLHeadingElement>(null);
  const ready = query.data !== undefined;
  useEffect(() => {
    if (ready) heading.current?.focus();
  }, [ready]);
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={3} />;
  const found = differences(query.data.register, current.register);
  return (
    <section className="card" aria-labelledby="comparison-title" data-comparison={older}>
      <div className="card-line">
        <h2 id="comparison-title" ref={heading} tabIndex={-1}>
          {found.length === 0 ? desk.noDifference : desk.differences(found.length, older)}
        </h2>
        {onClose ? (
          <button type="button" className="text-act" onClick={onClose}>
            {desk.closeComparison}
          </button>
        ) : (
          <Link to="/w/$slug/privacy/register" params={{ slug }} search={{}}>
            {desk.closeComparison}
          </Link>
        )}
      </div>
      <ul className="differences">
        {found.map((difference) => (
          <DifferenceLine key={`${difference.at} ${difference.aspect}`} difference={difference} />
        ))}
      </ul>
    </section>
  );
}

/** One difference with both sides. */
export function DifferenceLine({ difference }: { readonly difference: Difference }) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const { at, aspect, before, after } = difference;
  const place = words.purposes[at] ?? personal.field[at] ?? at;
  const what = aspect.startsWith('role:') ? desk.roles[aspect.slice(5)] : desk.diffAspects[aspect];
  return (
    <li>
      <strong>{place}</strong> {what}
      <dl className="difference">
        <dt>{desk.from}</dt>
        <dd>{written(aspect, before, { words, desk, personal })}</dd>
        <dt>{desk.to}</dt>
        <dd>{written(aspect, after, { words, desk, personal })}</dd>
      </dl>
    </li>
  );
}

interface AllWords {
  readonly words: Words;
  readonly desk: DeskWords;
  readonly personal: PersonalWords;
}

/** One side of a difference as people say it. */
function written(aspect: Difference['aspect'], text: string, { words, desk, personal }: AllWords): string {
  if (text === '') return desk.none;
  if (aspect.startsWith('role:')) return desk.visibility[text as keyof DeskWords['visibility']] ?? text;
  switch (aspect) {
    case 'whole':
      return words.purposes[text] ?? personal.field[text] ?? text;
    case 'enabled':
      return text === 'true' ? desk.yes : desk.no;
    case 'kind':
      return desk.kinds[text as keyof DeskWords['kinds']] ?? text;
    case 'basis':
    case 'allowedBases':
      return text
        .split(',')
        .map((basis) => desk.bases[basis] ?? basis)
        .join(' · ');
    case 'retainMonths':
      return desk.months(Number(text));
    case 'fields':
      return text.split(',').map(fieldWritten).join(' · ');
    default:
      return text;
  }
  function fieldWritten(entry: string): string {
    const [field = '', consent = ''] = entry.split(' ');
    const name = personal.field[field] ?? field;
    const how = desk.fieldConsents[consent as keyof DeskWords['fieldConsents']] ?? consent;
    return consent === 'with-purpose' ? name : `${name} (${how})`;
  }
}
