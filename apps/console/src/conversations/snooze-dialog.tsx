import type { ConversationSnooze } from '@libs/contracts';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { exactTime } from '../words/format.js';
import { momentText } from '../words/states/moment-text.js';
import { useStateWords } from '../words/states/use-state-words.js';
import type { StateWords } from '../words/states/vocabulary.js';
import { useWords } from '../words/use-words.js';
import { fieldTime, SNOOZE_MOST_MS, type SnoozeTime, snoozeTimes } from './snooze-times.js';
import './snooze.css';

/** What the dialog says where something else than snoozing waits for the time. */
export interface TimeWording {
  readonly title: string;
  readonly submit: string;
  submitAt(time: string): string;
  readonly timeHint: string;
}

interface DialogProps {
  readonly wording?: TimeWording;
  readonly onSnooze: (wish: ConversationSnooze) => void;
  readonly onClose: () => void;
}

/** Until when: three usual times, or any other. */
export function SnoozeDialog({ wording, onSnooze, onClose }: DialogProps) {
  const states = useStateWords();
  const says = wording ?? snoozing(states);
  const [now] = useState(() => Date.now());
  const choose = (wish: ConversationSnooze) => {
    onSnooze(wish);
    onClose();
  };
  return (
    <Dialog title={says.title} onClose={onClose}>
      <ul className="snooze-times" onKeyDown={moveByArrows}>
        {snoozeTimes(now).map((time) => (
          <li key={time.name}>
            <TimeButton time={time} now={now} onChoose={choose} />
          </li>
        ))}
      </ul>
      <OwnTime says={says} now={now} onChoose={choose} onClose={onClose} />
    </Dialog>
  );
}

interface ChoiceProps {
  readonly now: number;
  readonly onChoose: (wish: ConversationSnooze) => void;
}

function TimeButton({ time, now, onChoose }: ChoiceProps & { readonly time: SnoozeTime }) {
  const { locale } = useWords();
  const states = useStateWords();
  // A while is counted by the server: a wrong clock here changes nothing.
  const wish = 'hours' in time ? { inMs: time.hours * 3_600_000 } : { until: time.at };
  return (
    <button type="button" className="snooze-time" onClick={() => onChoose(wish)}>
      <span>{nameOf(time, states)}</span>
      <time className="meta" dateTime={new Date(time.at).toISOString()}>
        {'hours' in time ? states.inHours(time.hours) : exactTime(time.at, now, locale)}
      </time>
    </button>
  );
}

function nameOf({ name }: SnoozeTime, states: StateWords): string {
  return { later: states.laterToday, tomorrow: states.tomorrowAt9, monday: states.mondayAt9 }[name];
}

function snoozing({ snoozeTitle, snooze, snoozeTo, ownTimeHint }: StateWords): TimeWording {
  return { title: snoozeTitle, submit: snooze, submitAt: snoozeTo, timeHint: ownTimeHint };
}

interface OwnTimeProps extends ChoiceProps {
  readonly says: TimeWording;
  readonly onClose: () => void;
}

function OwnTime({ says, now, onChoose, onClose }: OwnTimeProps) {
  const { locale } = useWords();
  const states = useStateWords();
  const id = useId();
  const [own, setOwn] = useState('');
  const until = own === '' ? Number.NaN : new Date(own).getTime();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is out of range the server says, by its own clock.
    if (Number.isFinite(until)) onChoose({ until });
  };
  return (
    <form className="dialog-form" noValidate onSubmit={submit}>
      <div className="snooze-own">
        <label htmlFor={id}>{states.ownTime}</label>
        <input
          id={id}
          type="datetime-local"
          required
          min={fieldTime(now)}
          max={fieldTime(now + SNOOZE_MOST_MS)}
          value={own}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setOwn(event.target.value)}
        />
        <p id={`${id}-hint`} className="meta">
          {says.timeHint}
        </p>
      </div>
      <DialogButtons
        verb={Number.isFinite(until) ? says.submitAt(momentText(until, now, locale)) : says.submit}
        disabled={!Number.isFinite(until)}
        onClose={onClose}
      />
    </form>
  );
}

/** Up and down among the choices; Tab goes on to the field. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[Math.min(Math.max(at + by, 0), buttons.length - 1)]?.focus();
  event.preventDefault();
}
