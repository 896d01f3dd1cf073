import type { QuietHours } from '@libs/contracts';
import { useState } from 'react';
import { usePreferenceWords } from '../words/around/use-around-words.js';
import { savePreferences } from './own-preferences.js';
import { clockOf, minuteFrom } from './quiet-hours.js';

const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60 };

/** When nothing sounds and nothing shows on the desktop. */
export function QuietHoursField({ hours }: { readonly hours: QuietHours | null }) {
  const words = usePreferenceWords();
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => void savePreferences({ quietHours: event.target.checked ? NIGHT : null })}
        />
        <span>{words.quietHours}</span>
      </label>
      {hours && <Span key={`${hours.from}-${hours.to}`} hours={hours} />}
      <p className="form-hint">{words.quietHoursHint}</p>
    </div>
  );
}

function Span({ hours }: { readonly hours: QuietHours }) {
  const words = usePreferenceWords();
  const [from, setFrom] = useState(clockOf(hours.from));
  const [to, setTo] = useState(clockOf(hours.to));
  const span = { from: minuteFrom(from), to: minuteFrom(to) };
  const wrong = span.from === undefined || span.to === undefined || span.from === span.to;
  const keep = () => {
    if (wrong || (span.from === hours.from && span.to === hours.to)) return;
    void savePreferences({ quietHours: { from: span.from!, to: span.to! } });
  };
  return (
    <>
      <div className="quiet-span">
        <TimeInput label={words.quietFrom} value={from} wrong={wrong} onChange={setFrom} onLeave={keep} />
        <TimeInput label={words.quietTo} value={to} wrong={wrong} onChange={setTo} onLeave={keep} />
      </div>
      {wrong && <p className="field-error">{words.quietWrong}</p>}
    </>
  );
}

interface TimeInputProps {
  readonly label: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

function TimeInput({ label, value, wrong, onChange, onLeave }: TimeInputProps) {
  return (
    <label>
      {label}
      <input
        type="time"
        className="native-input"
        value={value}
        aria-invalid={wrong}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
    </label>
  );
}
