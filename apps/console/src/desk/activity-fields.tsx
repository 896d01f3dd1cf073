import type { RegisterField } from '@libs/contracts';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';

const CONSENTS: readonly RegisterField['consent'][] = ['with-purpose', 'own', 'separate'];

interface FieldsProps {
  readonly known: readonly string[];
  readonly fields: readonly RegisterField[];
  readonly onChange: (fields: readonly RegisterField[]) => void;
}

/** Which data a function needs, and how people agree to each. */
export function ActivityFields({ known, fields, onChange }: FieldsProps) {
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const free = known.filter((code) => !fields.some(({ field }) => field === code));
  return (
    <fieldset className="plain-fieldset">
      <legend>{desk.fieldOfFunction}</legend>
      <ul className="activity-fields">
        {fields.map((entry) => {
          const name = personal.field[entry.field] ?? entry.field;
          const set = (consent: RegisterField['consent']) =>
            onChange(fields.map((one) => (one === entry ? { ...one, consent } : one)));
          return (
            <li key={entry.field}>
              <span>{name}</span>
              <select
                className="native-select"
                aria-label={desk.consentOf(name)}
                value={entry.consent}
                onChange={(event) => set(event.target.value as RegisterField['consent'])}
              >
                {CONSENTS.map((consent) => (
                  <option key={consent} value={consent}>
                    {desk.fieldConsents[consent]}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="text-act"
                aria-label={desk.removeFieldNamed(name)}
                onClick={() => onChange(fields.filter((one) => one !== entry))}
              >
                {desk.removeField}
              </button>
            </li>
          );
        })}
      </ul>
      {free.length > 0 && (
        <select
          className="native-select form-short"
          aria-label={desk.addField}
          value=""
          onChange={(event) => onChange([...fields, { field: event.target.value, consent: 'own' }])}
        >
          <option value="">{desk.addField}</option>
          {free.map((code) => (
            <option key={code} value={code}>
              {personal.field[code] ?? code}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}
