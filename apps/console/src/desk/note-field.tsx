import { useId } from 'react';
import { useDeskWords } from '../words/desk/use-desk-words.js';

interface NoteProps {
  readonly value: string;
  readonly missing: boolean;
  readonly onChange: (value: string) => void;
}

/** The same as for a reason of an approval, which it becomes where a second person has to decide. */
const LONGEST = 200;

/** Why the register changes; stays with the version for ever. */
export function NoteField({ value, missing, onChange }: NoteProps) {
  const desk = useDeskWords();
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{desk.note}</label>
      <textarea
        id={id}
        data-note
        className="native-input"
        required
        maxLength={LONGEST}
        value={value}
        aria-invalid={missing}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className={missing ? 'form-fault' : 'form-hint'}>
        {missing ? desk.noteMissing : desk.noteHint}
      </p>
    </div>
  );
}
