import { useId } from 'react';
import { CopyButton } from '../second-step/copy-button.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import './settings.css';

/** A link that is shown this once. */
export function OneTimeLinkBox({ url, label }: { readonly url: string; readonly label?: string }) {
  const words = useSettingsWords();
  const id = useId();
  return (
    <div className="form-row one-time-link">
      <label htmlFor={id}>{label ?? words.link}</label>
      <input id={id} className="native-input" readOnly value={url} onFocus={(event) => event.target.select()} />
      <CopyButton text={url} />
    </div>
  );
}
