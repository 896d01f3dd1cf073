import type { PersonalChoice, PersonalChoices } from '@libs/contracts';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { EVERYTHING } from './choice-book.js';
import { erasureText, fullTitle, troubleText } from './choice-texts.js';
import { usePanelState, useSession, useWords } from './panel-context.js';

interface LeavingProps {
  readonly list: PersonalChoices;
  /** Only the basic consent; absent: all of them. */
  readonly only?: readonly PersonalChoice[];
  readonly onClose: () => void;
}

/** One plain question before everything stops: what, when it is erased, and how it could be undone until then. */
export function WithdrawAll({ list, only, onClose }: LeavingProps): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { choices, locale } = usePanelState();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    // The question stands at the end of a long page: both of its answers have to be in sight.
    heading.current?.parentElement?.scrollIntoView({ block: 'nearest' });
  }, []);
  const stopping = (only ?? list.choices).filter(({ state }) => state === 'granted');
  const ends = stopping.some(({ kind }) => kind === 'basic');
  const { trouble } = choices;
  const withdraw = async () => {
    const [basic] = only ?? [];
    const taken = basic
      ? await session.choices.decide(basic, false, 'widget.your-data')
      : await session.choices.withdrawAll();
    if (taken) onClose();
    if (taken && ends) session.open(undefined);
  };
  return (
    <section
      class="question"
      aria-labelledby="leaving"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <h2 id="leaving" ref={heading} tabIndex={-1}>
        {only ? words.withdrawBasicTitle : words.withdrawAllTitle}
      </h2>
      <p>{words.stops(stopping.map(fullTitle).join(words.listComma))}</p>
      {ends ? <p>{words.hides}</p> : null}
      {ends ? <p>{words.erases(erasureText(list.erasureHours, Date.now(), locale))}</p> : null}
      {trouble && (trouble.scope === EVERYTHING || only) ? (
        <p class="error-text" role="alert">
          {troubleText(words, trouble)}
        </p>
      ) : null}
      <div class="pair">
        <button type="button" class="outline" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" class="outline" disabled={choices.busy !== undefined} onClick={() => void withdraw()}>
          {words.withdraw}
        </button>
      </div>
    </section>
  );
}
