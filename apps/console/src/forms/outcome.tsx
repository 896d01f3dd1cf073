import { useAccountErrors, useAccountWords } from '../words/account/use-account-words.js';
import type { Form, Values } from './use-form.js';
import './forms.css';

/** Why nothing was done, above the form. */
export function Outcome({ error }: { readonly error: unknown }) {
  const sentence = useAccountErrors();
  if (error === null || error === undefined) return null;
  return (
    <p className="form-alert" role="alert">
      {sentence(error)}
    </p>
  );
}

/** What is not right in a long form, each with the way to its field. */
export function FaultSummary<V extends Values>({ form }: { readonly form: Form<V> }) {
  const words = useAccountWords();
  const faults = Object.entries(form.faults).filter((entry): entry is [string, string] => Boolean(entry[1]));
  if (faults.length < 2) return null;
  return (
    <div className="form-alert" role="alert">
      <p>{words.summary}</p>
      <ul className="fault-list">
        {faults.map(([name, text]) => (
          <li key={name}>
            <a
              href={`#${name}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(name)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
