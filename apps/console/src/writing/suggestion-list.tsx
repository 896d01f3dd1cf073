import { useEffect, useRef } from 'react';
import { safeText } from '../words/format.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import type { Suggestion, Suggestions } from './use-suggestions.js';

interface ListProps {
  readonly id: string;
  readonly suggestions: Suggestions;
}

/** What fits the word under the caret; the field keeps the focus and names the active line. */
export function SuggestionList({ id, suggestions }: ListProps) {
  const words = useWritingWords();
  const { trigger, found, active, setActive, pick } = suggestions;
  if (!trigger) return null;
  const canned = trigger.sign === '/';
  const current = found[active];
  return (
    <div className="suggestions">
      <div
        id={id}
        role="listbox"
        aria-label={canned ? words.cannedList : words.mentionList}
        className="suggestion-list"
        hidden={found.length === 0}
      >
        {found.map((one, at) => (
          <Line
            key={one.id}
            id={`${id}-${one.id}`}
            one={one}
            isActive={at === active}
            onPoint={() => setActive(at)}
            onPick={() => pick(one)}
          />
        ))}
      </div>
      {current?.kind === 'canned' && (
        <p className="suggestion-preview meta" dir="auto">
          {safeText(current.filled)}
        </p>
      )}
      {found.length === 0 && <p className="meta suggestion-none">{canned ? words.noCanned : words.noColleague}</p>}
      {!canned && <p className="meta suggestion-none">{words.mayReadNow}</p>}
      <span className="visually-hidden" role="status">
        {canned && found.length > 0 ? words.cannedFound(found.length) : ''}
      </span>
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly one: Suggestion;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onPick: () => void;
}

function Line({ id, one, isActive, onPoint, onPick }: LineProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant
    <div
      ref={line}
      id={id}
      role="option"
      aria-selected={isActive}
      className="suggestion"
      onPointerMove={onPoint}
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      {one.kind === 'colleague' ? (
        <bdi>{one.colleague.name}</bdi>
      ) : (
        <>
          <span className="suggestion-word">/{one.canned.shortcut}</span>
          <bdi>{safeText(one.canned.title)}</bdi>
        </>
      )}
    </div>
  );
}
