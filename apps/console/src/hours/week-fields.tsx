import type { HoursDraft } from '@libs/contracts';
import { asOnMonday, nextPeriod, withWeekday } from './hours-draft.js';
import type { HoursFaults } from './hours-form.js';
import { PeriodFields } from './period-fields.js';
import { useHoursWords } from './words/use-hours-words.js';

interface WeekFieldsProps {
  readonly draft: HoursDraft;
  readonly faults: HoursFaults;
  readonly onChange: (draft: HoursDraft) => void;
}

/** Seven days, each open or not. */
export function WeekFields({ draft, faults, onChange }: WeekFieldsProps) {
  const words = useHoursWords();
  return (
    <fieldset className="hours-set">
      <legend>{words.week}</legend>
      <ul className="weekdays">
        {draft.week.map(({ periods }, at) => {
          const day = words.weekdays[at]!;
          const fault = faults[`week[${at}].periods`];
          return (
            <li key={day} className="weekday">
              <label className="check">
                <input
                  type="checkbox"
                  checked={periods.length > 0}
                  aria-describedby={fault ? `week-${at}-error` : undefined}
                  onChange={({ target }) => onChange(withWeekday(draft, at, target.checked ? [nextPeriod([])] : []))}
                />
                <span>{day}</span>
              </label>
              {periods.length === 0 ? (
                <span className="quiet">{words.closed}</span>
              ) : (
                <PeriodFields
                  day={day}
                  periods={periods}
                  onChange={(changed) => onChange(withWeekday(draft, at, changed))}
                />
              )}
              {fault && (
                <p id={`week-${at}-error`} className="field-error">
                  {fault}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <button type="button" className="text-button" onClick={() => onChange(asOnMonday(draft))}>
        {words.copyMonday}
      </button>
      <p className="form-hint">{words.endOfDay}</p>
    </fieldset>
  );
}
