import type { ConsentInForce } from '@libs/contracts';
import { useNow } from '../live/use-now.js';
import { exactTime } from '../words/format.js';
import { scopeText } from '../words/personal/scope-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import './contacts.css';

interface TagProps {
  readonly decision: ConsentInForce['decision'];
  /** The grant counts no more. A record of the past is what it was, whatever the register says since. */
  readonly superseded?: boolean;
}

/** A person's no is never red. */
export function DecisionTag({ decision, superseded = false }: TagProps) {
  const personal = usePersonalWords();
  if (superseded) return <span className="status-tag status-queued">{personal.mustAgreeAgain}</span>;
  return (
    <span className={decision === 'grant' ? 'status-tag status-resolved' : 'status-tag'}>
      {personal.decision[decision]}
    </span>
  );
}

/** What the person decided, one line per scope. */
export function ContactConsents({ consents }: { readonly consents: readonly ConsentInForce[] }) {
  const words = useWords();
  const personal = usePersonalWords();
  const now = useNow();
  if (consents.length === 0) return <p className="quiet">{personal.noConsents}</p>;
  return (
    <ul className="consents">
      {consents.map(({ scope, decision, version, at, superseded }) => (
        <li key={scope}>
          <span className="consent-line">
            <span>{scopeText(scope, words, personal)}</span>
            <DecisionTag decision={decision} superseded={superseded} />
          </span>
          <span className="meta">
            {version > 0 && `${personal.registerVersion(version)} · `}
            {exactTime(at, now, words.locale)}
          </span>
        </li>
      ))}
    </ul>
  );
}
