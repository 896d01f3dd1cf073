import { type ReactNode, useEffect, useRef, useState } from 'react';
import { safeText, sentences } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import type { ChangedField } from './changed-fields.js';
import { overtakenText } from './overtaken.js';

interface ConflictBarProps {
  /** The refusal, which says who was quicker. */
  readonly error: unknown;
  /** Why the choice failed. */
  readonly also?: string | undefined;
  /** What the other one changed, as far as the form knows both. */
  readonly changes?: readonly ChangedField[];
  /** The choice. */
  readonly children: ReactNode;
}

/** Somebody was quicker: who, when and with what, and what can be done about it; what was typed stays. The same everywhere. */
export function ConflictBar({ error, also, changes = [], children }: ConflictBarProps) {
  const words = useWords();
  // Of the moment it appeared: the sentence is an alert and must not change under who hears it.
  const [now] = useState(() => Date.now());
  const bar = useRef<HTMLDivElement>(null);
  // The row with the buttons may lie over the end of a long form.
  useEffect(() => {
    // Braces: newer browsers answer a promise, which would be called for a way to clean up.
    bar.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <div ref={bar} role="alert" className="bar bar-warning" data-bar="conflict">
      <p>{sentences([overtakenText(error, words, now), also, words.overtakenChoose], words.locale)}</p>
      {changes.length > 0 && <Changes changes={changes} />}
      {children}
    </div>
  );
}

function Changes({ changes }: { readonly changes: readonly ChangedField[] }) {
  const words = useWords();
  return (
    <div className="bar-changes">
      <span>{words.overtakenChanges}</span>
      <ul>
        {changes.map(({ label, text }) => (
          <li key={label}>
            <span>{label}</span>
            {text !== undefined && (
              <bdi className="bar-change">{text === '' ? words.overtakenEmptied : safeText(text)}</bdi>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
