import { type ReactNode, useEffect, useRef, useState } from 'react';
import { sentences } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { overtakenText } from './overtaken.js';

interface ConflictBarProps {
  /** The refusal, which says who was quicker. */
  readonly error: unknown;
  /** What else is known, for instance what was changed; or why the choice failed. */
  readonly also?: string | undefined;
  /** The choice. */
  readonly children: ReactNode;
}

/** Somebody was quicker: who and when, and what can be done about it; what was typed stays. The same everywhere. */
export function ConflictBar({ error, also, children }: ConflictBarProps) {
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
      {children}
    </div>
  );
}
