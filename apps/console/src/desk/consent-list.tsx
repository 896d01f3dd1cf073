import { SafetyCertificateOutlined, WarningOutlined } from '@ant-design/icons';
import type { ConsentEntry } from '@libs/contracts';
import { DecisionTag } from '../contacts/contact-consents.js';
import { useNow } from '../live/use-now.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { exactTime } from '../words/format.js';
import { scopeText } from '../words/personal/scope-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import type { Locale } from '../words/vocabulary.js';
import type { ConsentSearch } from './consent-queries.js';
import { useEvidence } from './evidence.js';
import { SaveError } from './save-error.js';

interface ListProps {
  readonly rows: readonly ConsentEntry[];
  readonly search: ConsentSearch;
  readonly onPerson: (subjectId: string) => void;
}

/** What people decided, newest first, each with everything that shows how it came about. */
export function ConsentList({ rows, search, onPerson }: ListProps) {
  const desk = useDeskWords();
  const evidence = useEvidence();
  return (
    <section className="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{desk.timeline}</h2>
      <SaveError error={evidence.error} />
      <ol className="timeline">
        {rows.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            alone={search.subject !== undefined}
            onPerson={onPerson}
            onEvidence={() => evidence.mutate({ recordId: entry.id })}
          />
        ))}
      </ol>
    </section>
  );
}

interface EntryProps {
  readonly entry: ConsentEntry;
  readonly alone: boolean;
  readonly onPerson: (subjectId: string) => void;
  readonly onEvidence: () => void;
}

function Entry({ entry, alone, onPerson, onEvidence }: EntryProps) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const now = useNow();
  const scope = scopeText(entry.scope, words, personal);
  return (
    <li className="timeline-entry" data-decision={entry.decision}>
      <time className="meta" dateTime={new Date(entry.decidedAt).toISOString()}>
        {exactTime(entry.decidedAt, now, words.locale)}
      </time>
      <div className="timeline-what">
        <span className="timeline-line">
          <DecisionTag decision={entry.decision} />
          <span>{scope}</span>
          {entry.version > 0 && <span className="meta">{desk.versionNo(entry.version)}</span>}
        </span>
        <Facts entry={entry} />
      </div>
      <span className="timeline-acts">
        {alone ? (
          <span className="meta">{desk.personNamed(entry.handle)}</span>
        ) : (
          <button
            type="button"
            className="text-act"
            aria-label={desk.onlyPerson(entry.handle)}
            onClick={() => onPerson(entry.subjectId)}
          >
            {entry.handle}
          </button>
        )}
        <button
          type="button"
          className="text-act"
          aria-label={desk.evidenceNamed(entry.handle, scope)}
          onClick={onEvidence}
        >
          {desk.evidence}
        </button>
      </span>
    </li>
  );
}

/** The language that somebody read the notice in, in the reader's own. */
function languageName(tag: string, locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
}

function Facts({ entry }: { readonly entry: ConsentEntry }) {
  const desk = useDeskWords();
  const { locale } = useWords();
  const actor = entry.actor.startsWith('member:') ? desk.actorMember : (desk.actors[entry.actor] ?? entry.actor);
  return (
    <details className="timeline-facts">
      <summary className="meta">
        {actor} · {desk.screens[entry.screen] ?? entry.screen} · {languageName(entry.locale, locale)}
        {!entry.intact && (
          <span className="seal-broken">
            <WarningOutlined aria-hidden /> {desk.broken}
          </span>
        )}
      </summary>
      <dl className="properties meta">
        <dt>{desk.kind}</dt>
        <dd>{desk.types[entry.type]}</dd>
        <dt>{desk.how}</dt>
        <dd>
          {desk.methods[entry.method] ?? entry.method} · {desk.channels[entry.channel] ?? entry.channel}
        </dd>
        <dt>{desk.noticeHash}</dt>
        <dd className="hash">{entry.noticeHash}</dd>
        {entry.intact && (
          <>
            <dt>{desk.state}</dt>
            <dd>
              <SafetyCertificateOutlined aria-hidden /> {desk.intact}
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}
