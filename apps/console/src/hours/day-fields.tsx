import { DeleteOutlined } from '@ant-design/icons';
import { type HoursDraft, pastedDays } from '@libs/contracts';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { safeText } from '../words/format.js';
import { shownTime, usualPeriods, withDays, withoutDay } from './hours-draft.js';
import type { HoursFaults } from './hours-form.js';
import { PeriodFields } from './period-fields.js';
import { useHoursWords } from './words/use-hours-words.js';

interface DayFieldsProps {
  readonly draft: HoursDraft;
  readonly faults: HoursFaults;
  readonly onChange: (draft: HoursDraft) => void;
}

/** Dates that are otherwise than the week: holidays, and days worked in exchange. */
export function DayFields({ draft, faults, onChange }: DayFieldsProps) {
  const words = useHoursWords();
  const [pasting, setPasting] = useState(false);
  return (
    <fieldset className="hours-set">
      <legend>{words.days}</legend>
      <p className="form-hint">{words.daysHint}</p>
      {draft.days.length === 0 && <p className="quiet">{words.noDays}</p>}
      <ul className="special-days">
        {draft.days.map((day, at) => (
          <li key={day.date} className="special-day">
            <time dateTime={day.date}>{day.date}</time>
            <span className="special-day-name">
              <bdi>{safeText(day.name)}</bdi>
            </span>
            {day.periods.length === 0 ? (
              <span className="quiet">{words.dayClosed}</span>
            ) : (
              <PeriodFields
                day={day.date}
                periods={day.periods}
                onChange={(periods) => onChange(withDays(draft, [{ ...day, periods }]))}
              />
            )}
            <Button
              type="text"
              aria-label={words.removeOn(day.date)}
              title={words.removeDay}
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => onChange(withoutDay(draft, day.date))}
            />
            {faults[`days[${at}].periods`] && <p className="field-error">{faults[`days[${at}].periods`]}</p>}
            {faults[`days[${at}].name`] && <p className="field-error">{faults[`days[${at}].name`]}</p>}
          </li>
        ))}
      </ul>
      <NewDay draft={draft} onChange={onChange} />
      <button type="button" className="text-button" aria-haspopup="dialog" onClick={() => setPasting(true)}>
        {words.paste}
      </button>
      {pasting && <PasteDialog draft={draft} onChange={onChange} onClose={() => setPasting(false)} />}
    </fieldset>
  );
}

function NewDay({ draft, onChange }: Omit<DayFieldsProps, 'faults'>) {
  const words = useHoursWords();
  const id = useId();
  const [date, setDate] = useState('');
  const [name, setName] = useState('');
  const [worked, setWorked] = useState(false);
  function add(): void {
    if (date === '') return;
    onChange(withDays(draft, [{ date, name, periods: worked ? usualPeriods(draft) : [] }]));
    setDate('');
    setName('');
  }
  return (
    <div className="new-day">
      <label htmlFor={`${id}-date`}>
        {words.date}
        <input
          id={`${id}-date`}
          type="date"
          className="native-input"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}-name`}>
        {words.dayName}
        <input
          id={`${id}-name`}
          className="native-input"
          dir="auto"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}-kind`}>
        {words.dayKind}
        <select
          id={`${id}-kind`}
          className="native-select"
          value={worked ? 'worked' : 'closed'}
          onChange={(event) => setWorked(event.target.value === 'worked')}
        >
          <option value="closed">{words.dayClosed}</option>
          <option value="worked">{words.dayWorked}</option>
        </select>
      </label>
      <Button disabled={date === ''} onClick={add}>
        {words.addDay}
      </Button>
    </div>
  );
}

function PasteDialog({ draft, onChange, onClose }: Omit<DayFieldsProps, 'faults'> & { readonly onClose: () => void }) {
  const words = useHoursWords();
  const id = useId();
  const [text, setText] = useState('');
  const { days, faults } = pastedDays(text, usualPeriods(draft));
  return (
    <Dialog title={words.paste} onClose={onClose}>
      <div className="dialog-form">
        <div className="form-row">
          <label htmlFor={id}>{words.paste}</label>
          <textarea
            id={id}
            className="native-input"
            rows={8}
            value={text}
            aria-describedby={`${id}-hint ${id}-found`}
            onChange={(event) => setText(event.target.value)}
          />
          <p id={`${id}-hint`} className="form-hint">
            {words.pasteHint}
          </p>
        </div>
        <div id={`${id}-found`} role="status">
          {text.trim() !== '' && <p>{words.understood(days.length)}</p>}
          {faults.length > 0 && <p className="field-error">{words.notUnderstood(faults.join(', '))}</p>}
        </div>
        <ul className="pasted-days">
          {days.map(({ date, name, periods }) => (
            <li key={date}>
              {date} <bdi>{safeText(name)}</bdi>{' '}
              {periods.length === 0
                ? words.dayClosed
                : periods.map(({ from, to }) => `${from}–${shownTime(to)}`).join(' ')}
            </li>
          ))}
        </ul>
        <DialogButtons
          verb={words.pasteAdd}
          disabled={days.length === 0}
          focused={false}
          onClose={onClose}
          onAct={() => {
            onChange(withDays(draft, days));
            onClose();
          }}
        />
      </div>
    </Dialog>
  );
}
