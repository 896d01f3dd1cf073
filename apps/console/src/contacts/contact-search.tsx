import { SearchOutlined } from '@ant-design/icons';
import type { InputRef } from 'antd';
import { Button, Input } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { useKeys, useShownKey } from '../live/keys.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';

interface SearchProps {
  readonly term: string;
  readonly onSearch: (term: string) => void;
}

/** Names by parts; numbers, addresses and ids only as a whole, so that nobody can put them together from parts. */
export function ContactSearch({ term, onSearch }: SearchProps) {
  const personal = usePersonalWords();
  const [text, setText] = useState(term);
  const input = useRef<InputRef>(null);
  useKeys({ '/': { does: personal.searchLabel, run: () => input.current?.focus(), moves: true } });
  const { text: _text, ...aria } = useShownKey('/');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSearch(text.trim());
  }
  return (
    <search>
      <form className="contact-search" onSubmit={submit}>
        <Input
          ref={input}
          type="search"
          autoComplete="off"
          aria-label={personal.searchLabel}
          {...aria}
          placeholder={personal.searchHint}
          prefix={<SearchOutlined aria-hidden />}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit">{personal.search}</Button>
        {term !== '' && <Button onClick={() => onSearch('')}>{personal.clearSearch}</Button>}
      </form>
    </search>
  );
}
