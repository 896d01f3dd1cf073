import type { Notice, PersonalChoice, PersonalChoices } from '@libs/contracts';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { consentStanding, WITHDRAWN } from './choice-book.js';
import { ChoiceRow } from './choice-row.js';
import { fullTitle } from './choice-texts.js';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';
import { timeText } from './text-format.js';
import { WithdrawAll } from './withdraw-all.js';

/** Each consent and permission with a switch, and one button that ends them all (ux 4.6). */
export function YourDataView(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { choices } = usePanelState();
  const { list, unread } = choices;
  const notice = session.notice;
  return (
    <>
      <PanelHeader title={words.yourData} onBack={() => session.open(undefined)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <main class="data scroll" tabIndex={0} aria-label={words.yourData}>
        <Announcement />
        {unread && session.isKnown ? <Unread /> : null}
        {!session.isKnown ? <p>{words.agreedNow}</p> : list ? <Choices list={list} /> : null}
        {!list && session.isKnown && !unread ? (
          <p class="late" role="status">
            {words.loading}
          </p>
        ) : null}
        {notice ? <WhoDecides notice={notice} /> : null}
        {notice ? (
          <button type="button" class="link" onClick={() => session.open('policy')}>
            {words.policyTitle(notice.version)}
            <Icon name="forward" />
          </button>
        ) : null}
      </main>
    </>
  );
}

/** The business, not the platform; and who hears of it when it decides badly. */
function WhoDecides({ notice }: { readonly notice: Notice }): JSX.Element {
  const words = useWords();
  return (
    <>
      <h2>{words.decides}</h2>
      <p>{words.decidesText(notice.controller)}</p>
      <p>{words.complainTo(notice.complaints ?? words.complaintsElse)}</p>
    </>
  );
}

function Unread(): JSX.Element {
  const words = useWords();
  const session = useSession();
  return (
    <div class="bar warning" role="alert">
      <p>{words.choicesUnread}</p>
      <button type="button" class="small" onClick={() => void session.choices.load()}>
        {words.retry}
      </button>
    </div>
  );
}

/** Says once, for readers, what was decided. */
function Announcement(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { made } = usePanelState().choices;
  const choice = made && session.choices.choice(made.scope);
  return (
    <p class="for-readers" role="status">
      {choice ? words.recorded(fullTitle(choice), choice.state === 'granted') : ''}
    </p>
  );
}

function Choices({ list }: { readonly list: PersonalChoices }): JSX.Element {
  const words = useWords();
  const { locale } = usePanelState();
  const [leaving, setLeaving] = useState<'no' | 'basic' | 'all'>('no');
  const basic = list.choices.filter(({ kind }) => kind === 'basic');
  const groups = grouped(list.choices.filter(({ kind }) => kind === 'extended'));
  const granted = list.choices.filter(({ state }) => state === 'granted');
  const locked = consentStanding(list) === WITHDRAWN;
  const close = () => setLeaving('no');
  return (
    <>
      {list.erasureAt === null ? (
        <p>{words.yourDataIntro}</p>
      ) : (
        <p class="bar warning">{words.erasedBy(timeText(list.erasureAt, Date.now(), locale))}</p>
      )}
      {basic.map((choice) => (
        <ChoiceRow key={choice.scope} choice={choice} idle={false} onSwitchOff={() => setLeaving('basic')} />
      ))}
      {leaving === 'basic' ? <WithdrawAll list={list} only={basic} onClose={close} /> : null}
      <h2>{words.others}</h2>
      <p class="meta">{locked ? words.othersLocked : words.othersIntro}</p>
      {groups.map((choices) => (
        <Group key={choices[0]?.purpose} choices={choices} locked={locked} />
      ))}
      {leaving === 'all' ? <WithdrawAll list={list} onClose={close} /> : null}
      {granted.length > 0 && leaving !== 'all' ? (
        <button type="button" class="outline wide" onClick={() => setLeaving('all')}>
          {words.withdrawAll}
        </button>
      ) : null}
    </>
  );
}

interface GroupProps {
  readonly choices: readonly PersonalChoice[];
  readonly locked: boolean;
}

/** A function with several consents is headed by its own; each is still decided by itself. */
function Group({ choices, locked }: GroupProps): JSX.Element {
  const own = choices.find(({ scope }) => scope.startsWith('purpose/'));
  const off = own?.state === 'withdrawn' || own?.state === 'refused';
  const rows = choices.map((choice) => (
    <ChoiceRow key={choice.scope} choice={choice} idle={off && choice !== own} locked={locked} />
  ));
  if (choices.length < 2) return <>{rows}</>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: switches of one function, not fields of a form
    <div class="choice-group" role="group" aria-label={choices[0]?.group}>
      {own ? null : <h3>{choices[0]?.group}</h3>}
      {rows}
    </div>
  );
}

function grouped(choices: readonly PersonalChoice[]): readonly (readonly PersonalChoice[])[] {
  const groups = new Map<string, PersonalChoice[]>();
  for (const choice of choices) groups.set(choice.purpose, [...(groups.get(choice.purpose) ?? []), choice]);
  return [...groups.values()];
}
