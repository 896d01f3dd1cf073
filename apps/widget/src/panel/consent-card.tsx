import type { PersonalChoice } from '@libs/contracts';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { fullTitle, troubleText, typeText } from './choice-texts.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { businessName } from './panel-state.js';

/** What waits for the visitor's word: a consent needed before sending, or one that the business asks for. */
export function ConsentArea(): JSX.Element {
  const { choices, gate } = usePanelState();
  const asked = gate ? undefined : choices.list?.choices.find((choice) => choice.asked);
  return (
    <>
      {gate ? <Gate /> : null}
      {asked ? <ConsentCard key={asked.scope} choice={asked} /> : null}
      <Recorded waiting={asked !== undefined} />
    </>
  );
}

/** Messages wait here, visibly, until the notice in force is agreed to. */
function Gate(): JSX.Element {
  const words = useWords();
  const session = useSession();
  return (
    <section class="card" role="status">
      <p class="statement">{words.gateTitle}</p>
      <p>{words.gateText}</p>
      <button type="button" class="outline" onClick={() => session.askAgain()}>
        {words.gateRead}
      </button>
    </section>
  );
}

/** The question of the business, in the conversation: agree and decline as equals, asked once. */
function ConsentCard({ choice }: { readonly choice: PersonalChoice }): JSX.Element {
  const words = useWords();
  const session = useSession();
  const state = usePanelState();
  const { choices } = state;
  const trouble = choices.trouble?.scope === choice.scope ? choices.trouble : undefined;
  const type = typeText(words, choice);
  const answer = (granted: boolean) => void session.choices.decide(choice, granted, 'widget.consent-card');
  return (
    <section class="card" aria-labelledby="asked" data-scope={choice.scope}>
      <div role="status">
        <h2 id="asked">{words.asksFor(businessName(state))}</h2>
        <p class="statement">
          {fullTitle(choice)}
          {type ? <span class="chip">{type}</span> : null}
        </p>
      </div>
      <p class="prose" dir="auto">
        {choice.text}
      </p>
      {trouble ? (
        <p class="error-text" role="alert">
          {troubleText(words, trouble)}
        </p>
      ) : null}
      <div class="pair">
        <button type="button" class="outline" disabled={choices.busy !== undefined} onClick={() => answer(false)}>
          {words.decline}
        </button>
        <button type="button" class="outline" disabled={choices.busy !== undefined} onClick={() => answer(true)}>
          {words.agreeAs[choice.type]}
        </button>
      </div>
    </section>
  );
}

/** Where the card was: what was said and where to change it. Takes the focus that the card's buttons had. */
function Recorded({ waiting }: { readonly waiting: boolean }): JSX.Element | null {
  const words = useWords();
  const session = useSession();
  const { choices, page } = usePanelState();
  const line = useRef<HTMLParagraphElement>(null);
  const { made } = choices;
  const choice = made && session.choices.choice(made.scope);
  const shown = choice && choice.kind === 'extended' && !page && !waiting;
  useEffect(() => {
    if (shown) line.current?.focus();
  }, [shown]);
  if (!shown) return null;
  return (
    <p ref={line} class="event" tabIndex={-1} role="status">
      {words.recorded(fullTitle(choice), made.granted)} {words.changeLater}
    </p>
  );
}
