import type { ConsentEntry } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { scopeText } from '../words/personal/scope-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { type ConsentSearch, useConsentCounts } from './consent-queries.js';

const DECISIONS = ['grant', 'refuse', 'withdraw'] as const;

interface FiltersProps {
  readonly search: ConsentSearch;
  readonly rows: readonly ConsentEntry[];
  readonly onChange: (search: ConsentSearch) => void;
}

export function ConsentFilters({ search, rows, onChange }: FiltersProps) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const id = useId();
  const scopes = (useConsentCounts().data?.items ?? []).map(({ scope }) => scope);
  const known = search.scope === undefined || scopes.includes(search.scope) ? scopes : [...scopes, search.scope];
  const set = (name: 'scope' | 'decision', value: string) => {
    const { [name]: _before, ...rest } = search;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <section className="filters" aria-label={desk.showOnly}>
      <div className="form-row">
        <label htmlFor={`${id}-scope`}>{desk.scope}</label>
        <select
          id={`${id}-scope`}
          className="native-select"
          value={search.scope ?? ''}
          onChange={(event) => set('scope', event.target.value)}
        >
          <option value="">{desk.allScopes}</option>
          {known.map((scope) => (
            <option key={scope} value={scope}>
              {scopeText(scope, words, personal)}
            </option>
          ))}
        </select>
      </div>
      <div className="form-row">
        <label htmlFor={`${id}-decision`}>{desk.decision}</label>
        <select
          id={`${id}-decision`}
          className="native-select"
          value={search.decision ?? ''}
          onChange={(event) => set('decision', event.target.value)}
        >
          <option value="">{desk.allDecisions}</option>
          {DECISIONS.map((decision) => (
            <option key={decision} value={decision}>
              {personal.decision[decision]}
            </option>
          ))}
        </select>
      </div>
      <HandleFilter search={search} rows={rows} onChange={onChange} />
      {Object.keys(search).length > 0 && <Button onClick={() => onChange({})}>{desk.clearFilters}</Button>}
    </section>
  );
}

/** By the short code that stands beside each record; it names only people whose records are loaded. */
function HandleFilter({ search, rows, onChange }: FiltersProps) {
  const desk = useDeskWords();
  const id = useId();
  const [text, setText] = useState('');
  const [unknown, setUnknown] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const wanted = text.trim().toUpperCase();
    const found = rows.find(({ handle }) => handle.toUpperCase() === wanted);
    setUnknown(wanted !== '' && !found);
    if (found) onChange({ ...search, subject: found.subjectId });
  }
  return (
    <form className="form-row" onSubmit={submit}>
      <label htmlFor={id}>{desk.handle}</label>
      <input
        id={id}
        className="native-input handle-input"
        autoComplete="off"
        placeholder={desk.handleHint}
        value={text}
        aria-invalid={unknown}
        aria-describedby={unknown ? `${id}-fault` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {unknown && (
        <p id={`${id}-fault`} className="form-fault">
          {desk.handleUnknown}
        </p>
      )}
    </form>
  );
}
