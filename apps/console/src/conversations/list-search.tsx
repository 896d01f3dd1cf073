import { CloseOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useShownKey } from '../live/keys.js';
import { canBeSomebody } from './sought.js';
import { type ListSearch, leaveField, toFirstRow } from './use-list-search.js';
import { usePlaceWords } from './words/use-place-words.js';
import './list-search.css';

/** Longer than any name or address. */
const LONGEST = 320;

/** What is typed, and what is done with it: nothing is asked before Enter. */
function useTyped(search: ListSearch) {
  const [typed, setTyped] = useState(search.text);
  const [short, setShort] = useState(false);
  useEffect(() => setTyped(search.text), [search.text]);
  const change = (next: string) => {
    setTyped(next);
    setShort(false);
    if (next === '' && search.text !== '') search.end();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = typed.trim();
    const isShort = text !== '' && !canBeSomebody(text);
    setShort(isShort);
    if (!isShort) search.seek(text);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') toFirstRow();
    else if (event.key !== 'Escape') return;
    else if (typed === '') leaveField(search);
    else {
      change('');
      search.end();
    }
    event.preventDefault();
  };
  return { typed, short, change, submit, press };
}

/**
 * Finds conversations by whom they are with. It asks when somebody presses Enter, not at each letter: looks are counted,
 * for few values lie behind a mask.
 */
export function ListSearchField({ search }: { readonly search: ListSearch }) {
  const words = usePlaceWords();
  const { typed, short, change, submit, press } = useTyped(search);
  const hintId = useId();
  const { text: _text, ...aria } = useShownKey('/');
  return (
    <search>
      <form className="list-search" data-open={search.open || undefined} onSubmit={submit}>
        <Input
          {...{ ref: search.field, type: 'search', enterKeyHint: 'search', autoComplete: 'off', spellCheck: false }}
          maxLength={LONGEST}
          aria-label={words.findTalks}
          {...aria}
          {...(short ? { 'aria-invalid': true, 'aria-describedby': hintId } : {})}
          placeholder={words.findTalksHint}
          value={typed}
          onChange={(event) => change(event.target.value)}
          onKeyDown={press}
          onBlur={() => typed === '' && search.fold()}
        />
        <SearchButton ends={search.text !== '' && typed.trim() === search.text} onEnd={search.end} />
        <p id={hintId} role="status" className="list-search-hint">
          {short && words.tooShort}
        </p>
      </form>
    </search>
  );
}

/** What the field says is looked for already: then the way back stands in its place. */
function SearchButton({ ends, onEnd }: { readonly ends: boolean; readonly onEnd: () => void }) {
  const words = usePlaceWords();
  return ends ? (
    <Button icon={<CloseOutlined aria-hidden />} aria-label={words.endSearch} title={words.endSearch} onClick={onEnd} />
  ) : (
    <Button htmlType="submit" icon={<SearchOutlined aria-hidden />} aria-label={words.find} title={words.find} />
  );
}
