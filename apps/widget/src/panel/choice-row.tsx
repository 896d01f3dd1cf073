import type { PersonalChoice } from '@libs/contracts';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { costText, stateText, troubleText, typeText } from './choice-texts.js';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';

interface RowProps {
  readonly choice: PersonalChoice;
  /** Its function is switched off, so that it has no effect. */
  readonly idle: boolean;
  /** Nothing can be decided about it while the conversation is withdrawn. */
  readonly locked?: boolean;
  /** Of the basic consent: switching it off asks first. */
  readonly onSwitchOff?: () => void;
}

/** One consent: what it is, how it stands, its full text, and a switch. Nothing is switched on before it was shown. */
export function ChoiceRow({ choice, idle, locked, onSwitchOff }: RowProps): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { choices } = usePanelState();
  const [open, setOpen] = useState<'no' | 'reading' | 'asking'>('no');
  const { scope, state } = choice;
  const id = idOf(choice);
  const on = state === 'granted';
  const busy = choices.busy === scope;
  const trouble = choices.trouble?.scope === scope ? choices.trouble : undefined;
  const decide = async (granted: boolean) => {
    if (await session.choices.decide(choice, granted, 'widget.your-data')) setOpen('reading');
  };
  const press = () => {
    if (choices.busy || (locked && !on)) return;
    if (on && onSwitchOff) onSwitchOff();
    else if (on) void decide(false);
    else if (open === 'no' || choice.type !== 'ordinary') setOpen('asking');
    else void decide(true);
  };
  const toggle = () => setOpen(open === 'no' ? 'reading' : 'no');
  return (
    <div class="choice" data-scope={scope} data-state={state}>
      <ChoiceHead
        choice={choice}
        locked={choices.busy !== undefined || (locked === true && !on)}
        open={open !== 'no'}
        onToggle={toggle}
        onPress={press}
      />
      <p class="meta" id={`${id}-cost`}>
        {on ? costText(words, choice) : ''}
        {on && idle ? ` ${words.idle(choice.group)}` : ''}
      </p>
      {trouble ? (
        <p class="error-text" role="alert">
          {troubleText(words, trouble)}
        </p>
      ) : null}
      {open === 'no' ? null : <FullText choice={choice} focused={open === 'asking'} />}
      {open === 'asking' && !on ? (
        <div class="pair">
          <button type="button" class="outline" onClick={() => setOpen('no')}>
            {words.cancel}
          </button>
          <button type="button" class="outline" disabled={busy} onClick={() => void decide(true)}>
            {words.agreeAs[choice.type]}
          </button>
        </div>
      ) : null}
    </div>
  );
}

interface HeadProps {
  readonly choice: PersonalChoice;
  readonly locked: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onPress: () => void;
}

/** Name and state, which open the text, and the switch beside them. */
function ChoiceHead({ choice, locked, open, onToggle, onPress }: HeadProps): JSX.Element {
  const words = useWords();
  const { choices, locale } = usePanelState();
  const id = idOf(choice);
  const type = typeText(words, choice);
  return (
    <div class="choice-head">
      <button type="button" class="choice-name" aria-expanded={open} onClick={onToggle}>
        <span>
          <span id={`${id}-title`}>{choice.title}</span>
          {type ? <span class="chip">{type}</span> : null}
          {choice.kind === 'basic' ? <span class="chip plain">{words.basic}</span> : null}
          <Icon name="unfold" />
        </span>
        <span class="meta" id={`${id}-state`}>
          {choices.busy === choice.scope ? words.saving : stateText(words, choice, locale)}
        </span>
      </button>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={choice.state === 'granted'}
        aria-disabled={locked}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-state ${id}-cost`}
        onClick={onPress}
      />
    </div>
  );
}

function idOf({ scope }: PersonalChoice): string {
  return scope.replaceAll('/', '-');
}

function FullText({ choice, focused }: { readonly choice: PersonalChoice; readonly focused: boolean }): JSX.Element {
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (focused) box.current?.focus();
  }, [focused]);
  return (
    <p ref={box} class="prose choice-text" dir="auto" tabIndex={-1}>
      {choice.text}
    </p>
  );
}
