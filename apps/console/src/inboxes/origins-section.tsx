import { CloseOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Field } from '../forms/field.js';
import { useFault } from './inbox-field.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** Which sites may embed the widget: each exactly as it is. */
export function OriginsSection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const [typed, setTyped] = useState('');
  const entry = useRef<HTMLDivElement>(null);
  const { origins } = editing.values;

  function add(): void {
    const origin = typed.trim();
    if (origin === '') return;
    editing.set({ origins: origins.includes(origin) ? origins : [...origins, origin] });
    setTyped('');
  }

  function remove(origin: string): void {
    editing.set({ origins: origins.filter((one) => one !== origin) });
    entry.current?.querySelector('input')?.focus();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  }

  return (
    <>
      <div className="origin-entry" ref={entry}>
        <Field id="inbox-origin" label={words.origin} hint={words.originsHint} error="">
          <Input
            inputMode="url"
            placeholder="https://"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            onKeyDown={onKey}
          />
        </Field>
        <Button onClick={add}>{words.add}</Button>
      </div>
      {origins.length === 0 && <p className="quiet">{words.noOrigins}</p>}
      <OriginList editing={editing} onRemove={remove} />
    </>
  );
}

interface OriginListProps {
  readonly editing: DraftEditing;
  readonly onRemove: (origin: string) => void;
}

/** The sites so far; what is wrong with one is said below it. */
function OriginList({ editing, onRemove }: OriginListProps) {
  const words = useInboxWords();
  const fault = useFault(editing);
  return (
    <ul className="origin-list" aria-label={words.originsTitle}>
      {editing.values.origins.map((origin, at) => {
        const wrong = fault(`origins[${at}]`);
        return (
          <li key={origin} data-faulty={wrong !== ''}>
            <bdi>{origin}</bdi>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden />}
              aria-label={words.remove(origin)}
              onClick={() => onRemove(origin)}
            />
            {wrong !== '' && (
              <p className="field-error" role="alert">
                {wrong}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
